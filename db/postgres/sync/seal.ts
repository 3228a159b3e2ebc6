import { DEFINER } from './security.ts';

/**
 * Gives a transaction its number when it commits. The lock on the stream is held until the commit is visible, so the
 * order of numbers is the order of visibility and every snapshot sees a prefix without holes. It is taken at commit and
 * not at the first change: a long transaction would stop everyone else.
 *
 * Definer rights are needed: PostgreSQL 15 runs deferred triggers as the login, after `sync.push` has returned.
 * No other deferred constraint may exist: it would run under the lock.
 */
export const SEAL = `
create function sync.seal() returns trigger language plpgsql ${DEFINER} as $$
declare
  v_header record;
  v_last record;
  v_digest bytea;
  v_count int;
begin
  -- The first header of a transaction seals all of them, streams ascending: two such transactions cannot deadlock.
  for v_header in
    select tx, stream, client_id, first_unit_no, last_unit_no from sync.commits
      where xid = pg_current_xact_id() and seq is null order by stream
  loop
    select count(*), sha256(convert_to(coalesce(string_agg(
        concat_ws(' ', c.table_name, c.row_id, c.op, c.row_version), e'\\n' order by c.change_no), ''), 'UTF8'))
      into v_count, v_digest from sync.changes c where c.tx = v_header.tx;
    if v_header.client_id is not null then
      select sha256(v_digest || convert_to(coalesce(string_agg(
          concat_ws(' ', u.unit_id, u.payload_hash, u.outcome), e'\\n' order by u.unit_no), ''), 'UTF8'))
        into v_digest from sync.units u
        where u.client_id = v_header.client_id and u.unit_no between v_header.first_unit_no and v_header.last_unit_no;
    end if;
    perform 1 from sync.streams where stream = v_header.stream for update;
    -- A statement of its own: its snapshot is taken after the lock.
    select seq, hash into v_last from sync.commits
      where stream = v_header.stream and seq is not null order by seq desc limit 1;
    update sync.commits set
        seq = coalesce(v_last.seq, 0) + 1,
        prev_hash = v_last.hash,
        hash = sha256(coalesce(v_last.hash, ''::bytea) || v_digest || int8send(coalesce(v_last.seq, 0) + 1)),
        committed_at = clock_timestamp(),
        change_count = v_count
      where tx = v_header.tx;
  end loop;
  return null;
end $$;
create constraint trigger seal after insert on sync.commits
  deferrable initially deferred for each row execute function sync.seal();

create function sync.head(p_stream int, out seq bigint, out hash text) language plpgsql stable as $$
begin
  select c.seq, encode(c.hash, 'hex') into head.seq, head.hash from sync.commits c
    where c.stream = p_stream and c.seq is not null order by c.seq desc limit 1;
  head.seq := coalesce(head.seq, 0);
end $$;
`;

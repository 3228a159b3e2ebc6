import { DEFINER } from './security.ts';

/** Bytes of files in chunks of 256 KiB, addressed by their SHA-256 within one organization; a cut upload goes on where it was. */
export const FILES = `
create function sync.sha_of(p_hex text) returns bytea language plpgsql immutable as $$
begin
  if coalesce(p_hex, '') !~ '^[0-9a-f]{64}$' then
    raise exception using errcode = '22023', message = 'a file is named by its SHA-256';
  end if;
  return decode(p_hex, 'hex');
end $$;

create function sync.is_intact(p_organization int, p_sha bytea) returns bool language sql stable as $$
  select sha256(coalesce((select string_agg(bytes, ''::bytea order by n) from sync.blob_chunks
    where organization_id = p_organization and sha256 = p_sha), ''::bytea)) = p_sha
$$;

create function sync.blob_begin(p_sha256 text, p_size bigint) returns jsonb language plpgsql volatile ${DEFINER} as $$
declare
  v_device sync.devices := sync.device();
  v_organization int := v_device.organization_id;
  v_sha bytea := sync.sha_of(p_sha256);
  v_blob sync.blobs;
  v_chunks int;
begin
  if p_size is null or p_size not between 0 and 268435456 then
    raise exception using errcode = '22023', message = 'a file has at most 256 MiB';
  end if;
  insert into sync.blobs (organization_id, sha256, size_bytes) values (v_organization, v_sha, p_size) on conflict do nothing;
  select * into v_blob from sync.blobs where organization_id = v_organization and sha256 = v_sha for update;
  if v_blob.is_complete then return '{"state": "complete", "next_chunk": 0}'; end if;
  select count(*) into v_chunks from sync.blob_chunks where organization_id = v_organization and sha256 = v_sha;
  -- All there and still not complete: the bytes were not these, or not this many. Again from the start.
  if v_blob.size_bytes <> p_size or (v_chunks > 0 and v_chunks = ceil(p_size / 262144.0) and not sync.is_intact(v_organization, v_sha)) then
    delete from sync.blob_chunks where organization_id = v_organization and sha256 = v_sha;
    update sync.blobs set size_bytes = p_size where organization_id = v_organization and sha256 = v_sha;
    v_chunks := 0;
  end if;
  return jsonb_build_object('state', 'partial', 'next_chunk', v_chunks);
end $$;

create function sync.blob_put(p_sha256 text, p_n int, p_bytes bytea) returns jsonb language plpgsql volatile ${DEFINER} as $$
declare
  v_device sync.devices := sync.device();
  v_organization int := v_device.organization_id;
  v_sha bytea := sync.sha_of(p_sha256);
  v_blob sync.blobs;
  v_next int;
begin
  select * into v_blob from sync.blobs where organization_id = v_organization and sha256 = v_sha for update;
  if not found then raise exception using errcode = '22023', message = 'the file was not announced'; end if;
  if v_blob.is_complete then return jsonb_build_object('next_chunk', p_n + 1); end if;
  select count(*) into v_next from sync.blob_chunks where organization_id = v_organization and sha256 = v_sha;
  if p_n < v_next then return jsonb_build_object('next_chunk', v_next); end if;
  if p_n <> v_next or octet_length(p_bytes) <> least(262144, v_blob.size_bytes - p_n * 262144::bigint) then
    raise exception using errcode = '22023', message = 'chunks come in their order and whole', detail = v_next::text;
  end if;
  insert into sync.blob_chunks values (v_organization, v_sha, p_n, p_bytes);
  return jsonb_build_object('next_chunk', p_n + 1);
end $$;

create function sync.blob_finish(p_sha256 text) returns jsonb language plpgsql volatile ${DEFINER} as $$
declare
  v_device sync.devices := sync.device();
  v_sha bytea := sync.sha_of(p_sha256);
begin
  if not sync.is_intact(v_device.organization_id, v_sha) then
    raise exception using errcode = '22000', message = 'the bytes are not those of this SHA-256';
  end if;
  update sync.blobs set is_complete = true where organization_id = v_device.organization_id and sha256 = v_sha;
  if not found then raise exception using errcode = '22023', message = 'the file was not announced'; end if;
  return '{"state": "complete"}';
end $$;

-- Readable only through a row of file_uploads: knowing the hash grants nothing.
create function sync.blob_get(p_sha256 text, p_n int) returns bytea language sql stable ${DEFINER} as $$
  select c.bytes from sync.blob_chunks c join sync.blobs b using (organization_id, sha256)
  where c.organization_id = (sync.device()).organization_id and c.sha256 = sync.sha_of(p_sha256) and c.n = p_n and b.is_complete
    and exists (select 1 from public.file_uploads f where f.organization_id = c.organization_id and f.sha256 = p_sha256)
$$;
`;

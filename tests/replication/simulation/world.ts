import type { AnyTable } from '../../../db/kit/define-table.ts';
import { decodeRow } from '../../../db/sqlite/codec.ts';
import { sha256 } from '../../../main/platform/canonical.ts';
import type { Row } from '../../../main/platform/row-changes.ts';
import { CentreSays, CentreUndid } from '../../../main/replication/centre.ts';
import { Refusal } from '../../../main/rpc/refusal.ts';
import { commands, firstRows, PERSON, PLANT } from './commands.ts';
import { broken, checkExchanged, checkPlace } from './invariants.ts';
import { signedRowsStay } from './invariants-of-history.ts';
import { type CentreState, ModelCentre } from './model-centre.ts';
import { createNetwork, type Network, type ParkedCall } from './network.ts';
import { type Choice, idsOf, seededChoice } from './seeded.ts';
import {
  emptyFile,
  openVirtualStation,
  person,
  tables,
  travelling,
  type VirtualStation,
} from './virtual-station.ts';

const START_MS = Date.UTC(2026, 10, 20, 14, 0, 0);
const DAY_MS = 86_400_000;
const TEN_DAYS_MS = 10 * DAY_MS;
const ACTOR = person(PERSON, PLANT);

/** A unit that a person saw succeed. */
export interface Confirmed {
  unit_id: string;
  station: string;
  intent: string;
  inserted: { table: string; id: string }[];
}
export interface Place {
  name: string;
  login: string;
  station: VirtualStation;
  network: Network;
  /** Ends when the exchange under way stands still or is over. */
  moved: Promise<void>;
  move(): void;
  is_exchanging: boolean;
  clock_offset_ms: number;
  /** Newest commit of which a page of a first load may have brought rows. */
  loaded_to: number;
  copies: { file: Buffer; unit_ids: Set<string> }[];
  is_revoked: boolean;
  /** Of another place's file. */
  is_copy: boolean;
  is_away: boolean;
  opened: number;
}
export type CentreCall = Pick<ParkedCall, 'login' | 'name' | 'params'>;
/** One thing that happens; `place` counts modulo the places there are. */
export interface Step {
  action: Action;
  place: number;
  /** Seed of the choices inside the step. */
  seed: number;
  /** Which command; of the choices when absent. */
  intent?: string | undefined;
}
export type Action = (typeof ACTIONS)[number][0];
const ACTIONS = [
  ['command', 40],
  ['exchange', 14],
  ['deliver', 40],
  ['lose_request', 3],
  ['lose_answer', 5],
  ['transient', 2],
  ['duplicate', 3],
  ['delay', 3],
  ['deliver_late', 4],
  ['kill', 3],
  ['clock_jump', 1],
  ['weeks_pass', 0.7],
  ['only_pull', 1],
  ['only_push', 1],
  ['copy_file', 2],
  ['clone', 0.7],
  ['roll_back', 1],
  ['back_up_centre', 1.5],
  ['restore_centre', 0.8],
  ['revoke', 0.3],
] as const;

export function stepsOf(seed: number, count: number): Step[] {
  const choice = seededChoice(seed);
  const total = ACTIONS.reduce((sum, [, weight]) => sum + weight, 0);
  return Array.from({ length: count }, () => {
    let at = choice.fraction() * total;
    const action = ACTIONS.find(([, weight]) => {
      at -= weight;
      return at < 0;
    })?.[0];
    return { action: action ?? 'command', place: choice.below(12), seed: choice.below(2 ** 31) };
  });
}

/** The file of a station that holds the first rows and has loaded the centre; made once. */
let template: { file: Buffer; rows: Map<string, Row[]> } | undefined;
function templateOf(): { file: Buffer; rows: Map<string, Row[]> } {
  if (template) return template;
  const network = createNetwork('template', () => undefined);
  const station = openVirtualStation(emptyFile(), {
    login: 'template',
    clock: { now_ms: () => START_MS },
    ids: idsOf(0xfff),
    connect: network.connect,
  });
  station.command(ACTOR, 'first', firstRows);
  const rows = new Map(travelling.map(def => [def.name, rowsIn(station, def.name)]));
  template = { file: station.file(), rows };
  station.close();
  return template;
}
/** All rows of a table as they travel. */
export function rowsIn(station: VirtualStation, table: string): Row[] {
  const def = travelling.find(d => d.name === table) as AnyTable;
  return station.ask.all<Row>(`select * from "${table}" order by id`).map(stored => {
    const { organization_id: _, ...row } = decodeRow(def, stored);
    return row;
  });
}

/** k stations, one centre, and everything that may happen between them. */
export class World {
  readonly places: Place[] = [];
  readonly confirmed = new Map<string, Confirmed>();
  /** Content of every row that the centre has held signed. */
  readonly signed = new Map<string, string>();
  /** Units of files that were replaced by older copies: nobody promised them back, but the centre may have them. */
  readonly lost_with_disk = new Set<string>();
  readonly trace: string[] = [];
  readonly centre: ModelCentre;
  #now_ms = START_MS;
  #spaces = 0;
  readonly #late: ParkedCall[] = [];
  #backups: CentreState[] = [];
  /** Everything up to here is in a backup that was proved to work. */
  verified_seq = 0;

  /** `clock_offsets_ms`: how wrong the clock of each station is from the beginning. */
  constructor(stations: number, clock_offsets_ms: readonly number[] = []) {
    const { rows, file } = templateOf();
    this.centre = new ModelCentre(tables, rows, () => this.#now_ms);
    for (let n = 0; n < stations; n++) {
      const login = `K${n + 1}`;
      this.centre.state.logins.set(login, 'active');
      const place = this.#place(login, login, file, clock_offsets_ms[n] ?? 0);
      const [head] = this.centre.state.commits;
      if (head) place.station.join(idsOf(0x700 + n).next(), head);
    }
  }

  #place(name: string, login: string, file: Buffer, clock_offset_ms: number): Place {
    const place = {
      name,
      login,
      clock_offset_ms,
      loaded_to: 0,
      copies: [],
      is_revoked: false,
      opened: 0,
    } as unknown as Place;
    this.places.push(place);
    this.#open(place, file);
    return place;
  }
  #open(place: Place, file: Buffer): void {
    place.opened += 1;
    place.is_exchanging = false;
    place.network = createNetwork(place.login, () => place.move());
    place.station = openVirtualStation(file, {
      login: place.login,
      clock: { now_ms: () => this.#now_ms + place.clock_offset_ms },
      ids: idsOf(++this.#spaces),
      connect: place.network.connect,
    });
  }
  #expectMove(place: Place): void {
    place.moved = new Promise(resolve => {
      place.move = resolve;
    });
  }

  async perform(step: Step): Promise<void> {
    const place = this.places[step.place % this.places.length];
    if (!place) return;
    this.#now_ms += 1000;
    const said = await this.#perform(step, place, seededChoice(step.seed));
    checkPlace(place);
    if (said) this.trace.push(`${place.name} ${step.action}: ${said}`);
  }
  async #perform({ action, intent }: Step, place: Place, choice: Choice): Promise<string> {
    const { parked } = place.network;
    switch (action) {
      case 'command':
        return this.command(place, intent ?? choice.pick(Object.keys(commands)) ?? '', choice);
      case 'exchange':
        return this.beginExchange(place);
      case 'deliver':
        return parked ? this.deliver(place, parked) : this.beginExchange(place);
      case 'lose_request':
        return parked ? this.#after(place, 'lost', () => parked.lose(), parked) : '';
      case 'lose_answer':
        return parked ? this.#after(place, this.#atCentre(parked).said, () => parked.lose(), parked) : '';
      case 'transient':
        if (parked?.name !== 'push') return '';
        return this.#after(place, '40P01', () => parked.fail(new CentreUndid(new Error('40P01'))), parked);
      case 'duplicate':
        if (!parked || parked.name === 'hello') return '';
        this.#atCentre(parked);
        return this.deliver(place, parked);
      case 'delay':
        if (!parked || parked.name === 'hello') return '';
        this.#late.push(parked);
        return this.#after(place, 'delayed', () => parked.lose(), parked);
      case 'deliver_late': {
        const [late] = this.#late.splice(choice.below(this.#late.length), 1);
        return late ? `${late.login} ${late.name} ${this.#atCentre(late).said}` : '';
      }
      case 'kill':
        this.#open(place, this.#fileOf(place));
        return 'killed';
      case 'clock_jump':
        place.clock_offset_ms += choice.chance(0.5) ? TEN_DAYS_MS : -TEN_DAYS_MS;
        return `${place.clock_offset_ms}`;
      case 'weeks_pass':
        this.#now_ms += 2 * TEN_DAYS_MS;
        return '';
      case 'only_pull':
        return this.#exchangeWithout(place, ['push', 'park'], () => {
          const { cursor_seq, loading } = place.station.state.facts;
          if (loading !== undefined || cursor_seq < this.centre.state.commits.length)
            broken('I17 what others sent arrives although nothing goes up', { name: place.name, cursor_seq });
        });
      case 'only_push':
        return this.#exchangeWithout(place, ['pull', 'snapshot_page'], () => {
          const waiting = place.station.store.waitingUnits();
          if (waiting > 0)
            broken('I17 what waits goes up although nothing arrives', { name: place.name, waiting });
        });
      case 'copy_file':
        place.copies.push({ file: place.station.file(), unit_ids: unitIds(place.station) });
        return 'copied';
      case 'clone': {
        if (this.places.length >= 6) return '';
        const twin = this.#place(`${place.name}'`, place.login, place.station.file(), place.clock_offset_ms);
        twin.loaded_to = place.loaded_to;
        twin.is_revoked = place.is_revoked;
        twin.is_copy = true;
        return twin.name;
      }
      case 'roll_back': {
        const copy = choice.pick(place.copies);
        if (!copy) return '';
        for (const id of unitIds(place.station)) if (!copy.unit_ids.has(id)) this.lost_with_disk.add(id);
        this.#fileOf(place);
        this.#open(place, copy.file);
        return `to ${copy.unit_ids.size} units`;
      }
      case 'back_up_centre': {
        const { state } = this.centre;
        this.#backups.push(this.centre.backup());
        if (choice.chance(0.5)) return `at ${state.commits.length}`;
        // Proved to work: from here on nobody goes back further.
        this.#backups = this.#backups.slice(-1);
        this.verified_seq = state.commits.length;
        state.backed_up_seq = this.verified_seq;
        return `at ${state.commits.length}, verified`;
      }
      case 'restore_centre': {
        const older = choice.pick(this.#backups);
        if (!older) return '';
        for (const other of this.places)
          if (other.network.parked) await this.#after(other, '', () => other.network.parked?.lose());
        this.#late.length = 0;
        const from = this.centre.state.commits.length;
        this.centre.restore(older);
        this.signed.clear();
        return `from ${from} to ${older.commits.length}`;
      }
      case 'revoke':
        if (this.places.filter(p => !p.is_revoked).length < 3) return '';
        this.centre.state.logins.set(place.login, 'revoked');
        for (const other of this.places) if (other.login === place.login) other.is_revoked = true;
        return 'revoked';
    }
  }

  /** A whole exchange in which some calls never come through; the others must do their work all the same. */
  async #exchangeWithout(place: Place, names: readonly string[], check: () => void): Promise<string> {
    if (place.network.parked) await this.#after(place, '', () => place.network.parked?.lose());
    if (place.is_exchanging || !isRunning(place)) return '';
    const said = [await this.beginExchange(place)];
    let answers = true;
    for (let calls = 0; place.network.parked; calls++) {
      if (calls > MOST_CALLS) broken('I16 an exchange ends', { name: place.name, said });
      const { parked } = place.network;
      const isLost = names.includes(parked.name);
      said.push(
        isLost
          ? await this.#after(place, 'lost', () => parked.lose(), parked)
          : await this.deliver(place, parked),
      );
      answers &&= isLost || !/ (fork|restored|gap|not_enrolled)$/.test(said.at(-1) ?? '');
    }
    if (answers) check();
    return said.join('; ');
  }

  command(place: Place, intent: string, choice: Choice): string {
    const run = commands[intent];
    if (!run) throw new Error(`no command ${intent}`);
    const { station } = place;
    const before = newestUnit(station);
    try {
      station.command(ACTOR, intent, ctx => run(ctx, choice));
    } catch (error) {
      if (error instanceof Refusal) return `${intent} refused ${error.code}`;
      if (error instanceof Error && /FOREIGN KEY/.test(error.message))
        return `${intent} refused by a reference`;
      throw error;
    }
    const unit_id = newestUnit(station);
    if (!unit_id || unit_id === before) return '';
    const inserted = station.ask.all<{ table: string; id: string }>(
      "select c.table_name as 'table', c.row_id as id from sync_unit_changes c join sync_units u using (n) where u.unit_id = ? and c.op = 'I'",
      [unit_id],
    );
    this.confirmed.set(unit_id, { unit_id, station: place.name, intent, inserted });
    return `${intent} ${unit_id.slice(4, 8)}${unit_id.slice(-3)}`;
  }
  async beginExchange(place: Place): Promise<string> {
    if (place.is_exchanging) return '';
    place.is_exchanging = true;
    const { opened } = place;
    this.#expectMove(place);
    let said = 'exchange';
    const ended = (how: string) => {
      if (place.opened !== opened) return;
      said += ` ${how}`;
      place.is_exchanging = false;
      place.move();
    };
    const exchanged = place.station.replicator.syncNow().then(() => checkExchanged(this, place));
    exchanged.then(
      () => ended('done'),
      error => {
        if (error instanceof Refusal) ended(error.code);
        else {
          this.fault = error;
          ended(String(error));
        }
      },
    );
    await place.moved;
    return said;
  }
  /** Told of every call that reached the centre and what it answered. */
  onCall: (call: CentreCall, value: unknown) => void = () => undefined;
  /** What no station should ever meet. */
  fault: unknown;

  async deliver(place: Place, parked: ParkedCall): Promise<string> {
    const { said, settle } = this.#atCentre(parked);
    return this.#after(place, said, settle, parked);
  }
  #atCentre(call: ParkedCall): { said: string; settle(): void } {
    try {
      const value = this.centre.call(call.login, call.name, call.params);
      if (call.name === 'snapshot_page')
        for (const place of this.places)
          if (place.login === call.login) place.loaded_to = this.centre.state.commits.length;
      this.onCall(call, value);
      if (call.name === 'push') signedRowsStay(this);
      return { said: shortly(call.name, value), settle: () => call.answer(value) };
    } catch (error) {
      if (!(error instanceof CentreSays)) throw error;
      return { said: error.kind, settle: () => call.fail(error) };
    }
  }
  async #after(place: Place, said: string, settle: () => void, call?: ParkedCall): Promise<string> {
    this.#expectMove(place);
    settle();
    await place.moved;
    return `${call?.name ?? ''} ${said}`;
  }
  /** The file of a station whose process ends now. */
  #fileOf(place: Place): Buffer {
    const file = place.station.file();
    place.station.close();
    return file;
  }
  /** The same inputs give the same run. */
  fingerprint(): string {
    return sha256(this.trace.join('\n'));
  }
  close(): void {
    for (const place of this.places) place.station.close();
  }
}
const MOST_CALLS = 400;
export const isRunning = (place: Place): boolean => !place.is_revoked && !place.is_away;
export const unitIds = (station: VirtualStation): Set<string> =>
  new Set(station.ask.all<{ unit_id: string }>('select unit_id from sync_units').map(u => u.unit_id));

const newestUnit = (station: VirtualStation): string | undefined =>
  station.ask.get<{ unit_id: string }>('select unit_id from sync_units order by n desc limit 1')?.unit_id;

function shortly(name: string, value: unknown): string {
  if (name === 'push' || name === 'park') {
    const { outcomes } = value as { outcomes: { outcome: string; detail: { code?: string } | null }[] };
    return outcomes.map(o => `${o.outcome}${o.detail?.code ? ` ${o.detail.code}` : ''}`).join(', ');
  }
  if (name === 'pull') {
    const page = value as { to_seq: number; applied_unit_no: number };
    return `to ${page.to_seq}, own ${page.applied_unit_no}`;
  }
  return '';
}

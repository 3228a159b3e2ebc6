import { z } from 'zod';
import { boolean, type Column, type ColumnFacts, type Id, id, instant, integer } from './columns.ts';

/** How a table travels between a station and the centre. The policies are explained in docs and in the protocol. */
export type SyncPolicy =
  | { kind: 'local_only' }
  | { kind: 'pull_only' }
  | { kind: 'append_only' }
  | { kind: 'additive' }
  | { kind: 'sealed' }
  | { kind: 'two_way'; conflict: 'merge_columns' | 'whole_document' | 'last_arrival' | 'central_wins' };
/** `shared` rows are the same in every organization; `plant` rows only reach stations of that plant; `window_days` limits history. */
export type SyncScope = { to: 'shared' | 'organization' | 'plant'; window_days?: number };
export type Sync = SyncPolicy & SyncScope;
/** A time series at the centre: one partition per interval of the time in the ids, dropped when all of it is older than it must be kept. */
export interface Partitions {
  readonly every: 'week' | 'month' | 'quarter' | 'half_year';
  readonly keep_years: number;
}

const policy =
  (p: SyncPolicy) =>
  (scope: SyncScope['to'] = 'organization', window_days?: number): Sync =>
    window_days === undefined ? { ...p, to: scope } : { ...p, to: scope, window_days };
export const localOnly = policy({ kind: 'local_only' });
export const pullOnly = policy({ kind: 'pull_only' });
export const appendOnly = policy({ kind: 'append_only' });
export const additive = policy({ kind: 'additive' });
export const sealed = policy({ kind: 'sealed' });
export const twoWay = (
  conflict: Extract<SyncPolicy, { kind: 'two_way' }>['conflict'],
  scope: SyncScope['to'] = 'organization',
): Sync => ({ kind: 'two_way', conflict, to: scope });

// biome-ignore lint/suspicious/noExplicitAny: the data type of a column is invariant; only `any` accepts every column
export type AnyColumn = Column<any, boolean, boolean>;
export type AnyColumns = Record<string, AnyColumn>;
type DataOf<C> = C extends Column<infer D, infer R, boolean> ? (R extends true ? D : D | null) : never;
export type RowOfColumns<C> = { [K in keyof C]: DataOf<C[K]> };

type Identity<N extends string> = { id: Column<Id<N>>; organization_id: Column<number> };
type Born = { created_at_ms: Column<number>; created_by: Column<Id<'users'>> };
type Changed = {
  row_version: Column<number, true, true>;
  updated_at_ms: Column<number>;
  updated_by: Column<Id<'users'>>;
};
/** The aggregate whose rows conflict as one: the column that holds the id of its root, and the columns that belong to it (all when absent). */
export interface DocumentPart {
  readonly root_id: string;
  readonly columns?: readonly string[];
}
/** Where the plant of a row is found: its own `plant_id`, or the parent that a column names. */
export type PlantBy = { readonly column: 'plant_id' } | { readonly through: string; readonly table: string };
/** Every table has these, so that one piece of code writes, copies and compares any row. */
export type Standard<N extends string> = Identity<N> & Born & Changed;
export type StandardKey = keyof Standard<string>;

export interface TableDef<N extends string, C extends AnyColumns> {
  readonly name: N;
  /** One line: what a row is. Becomes the table comment in PostgreSQL. */
  readonly row_is: string;
  readonly columns: Standard<N> & C;
  readonly sync: Sync;
  /** Rows are recorded in audit_logs by trigger. False only for the trail itself and for drafts and counters. */
  readonly audited: boolean;
  readonly indexes: readonly (readonly string[])[];
  /** Business keys, always within the organization: a real constraint in PostgreSQL, an index plus a check in SQLite. */
  readonly unique: readonly (readonly string[])[];
  /** Set exactly on tables of the policy `whole_document`. */
  readonly document: DocumentPart | undefined;
  /** Set exactly on tables of plant scope. */
  readonly plant_by: PlantBy | undefined;
  /** Set on time series, which nothing refers to: how the centre divides them. */
  readonly partitions: Partitions | undefined;
  /** Resource of the role model without which nobody changes rows here, whatever command does it. */
  readonly guarded_by: string | undefined;
  /** Rows with this flag are read only with this permission, wherever they are shown. */
  readonly private_rows: PrivateRows | undefined;
  /** Set on tables that are only added to and name an order by its number, as it was read and as it is compared. */
  readonly follows_number: FollowsNumber | undefined;
  /** Portable SQL conditions. */
  readonly checks: Readonly<Record<string, string>>;
  /** Column that names the row to a person (audit trail, search). */
  readonly identified_by: string | undefined;
  readonly row: z.ZodObject<{ [K in keyof (Standard<N> & C)]: z.ZodType<DataOf<(Standard<N> & C)[K]>> }>;
}
// biome-ignore lint/suspicious/noExplicitAny: see AnyColumn
export type AnyTable = TableDef<any, any>;
export type RowOf<D> = D extends TableDef<infer N, infer C> ? RowOfColumns<Standard<N> & C> : never;
type Needed<C> = { [K in keyof C]: C[K] extends Column<unknown, true, false> ? K : never }[keyof C];
/** What a service passes to insert: required columns without default, anything else optional; standard columns are filled in. */
export type InsertOf<D> =
  D extends TableDef<infer N, infer C>
    ? { [K in Extract<Needed<C>, keyof C>]: DataOf<C[K]> } & { [K in keyof C]?: DataOf<C[K]> | undefined } & {
        id?: Id<N>;
      }
    : never;
export type PatchOf<D> =
  D extends TableDef<string, infer C> ? { [K in keyof C]?: DataOf<C[K]> | undefined } : never;

/** When the centre replaces the number of an order or a work order, these columns go along: nothing else of such a row ever changes. */
export interface FollowsNumber {
  readonly number: string;
  readonly key: string;
  readonly order_id: string;
}
interface PrivateRows {
  readonly flag: string;
  readonly permission: string;
}
interface Options<C> {
  row_is: string;
  sync: Sync;
  audited?: boolean;
  indexes?: readonly (readonly ((keyof C & string) | StandardKey)[])[];
  unique?: readonly (readonly (keyof C & string)[])[];
  document?: { root_id: (keyof C & string) | 'id'; columns?: readonly (keyof C & string)[] };
  /** Only for a table of plant scope without a `plant_id` of its own. */
  plant_by?: { through: keyof C & string; table: string };
  partitions?: Partitions;
  /** For rows that decide who may do what, and for settings. */
  guarded_by?: string;
  private_rows?: PrivateRows & { flag: keyof C & string };
  follows_number?: FollowsNumber & Record<keyof FollowsNumber, keyof C & string>;
  checks?: Record<string, string>;
  identified_by?: keyof C & string;
}

export function defineTable<const N extends string, C extends AnyColumns>(
  name: N,
  columns: C,
  options: Options<C>,
): TableDef<N, C> {
  const all = {
    id: id<N>(),
    organization_id: integer(0),
    ...columns,
    row_version: integer(1).default(1),
    created_at_ms: instant(),
    created_by: id<'users'>(),
    updated_at_ms: instant(),
    updated_by: id<'users'>(),
  } as Standard<N> & C;
  const shape = Object.fromEntries(
    Object.entries<ColumnFacts>(all).map(([key, c]) => [key, c.required ? c.zod : c.zod.nullable()]),
  );
  return {
    name,
    row_is: options.row_is,
    columns: all,
    sync: options.sync,
    audited: options.audited ?? options.sync.kind !== 'local_only',
    indexes: options.indexes ?? [],
    unique: options.unique ?? [],
    document: options.document,
    plant_by: options.plant_by ?? (options.sync.to === 'plant' ? { column: 'plant_id' } : undefined),
    partitions: options.partitions,
    guarded_by: options.guarded_by,
    private_rows: options.private_rows,
    follows_number: options.follows_number,
    checks: options.checks ?? {},
    identified_by: options.identified_by,
    row: z.object(shape) as unknown as TableDef<N, C>['row'],
  };
}

export const activeFlag = () => boolean().default(true);

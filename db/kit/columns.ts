import { z } from 'zod';

/** A row id of one table: UUIDv7 text. The brand stops an order id from being passed where a user id belongs. */
export type Id<Table extends string = string> = string & z.$brand<`id of ${Table}`>;

/**
 * Storage kinds, the same representation in SQLite and PostgreSQL so that replication is a copy:
 * `quantity` and `percent` are integers (millionths, ten-thousandths), `instant` is milliseconds UTC,
 * `day` is `YYYY-MM-DD`.
 */
export type Kind =
  | 'id'
  | 'text'
  | 'integer'
  | 'quantity'
  | 'percent'
  | 'boolean'
  | 'instant'
  | 'day'
  | 'json';
export type OnDelete = 'restrict' | 'cascade' | 'set null';

/** `transition`: compare and set; `claim`: first arrival gets it; `last_arrival`: the last one wins without notice. */
export type ColumnConflict = 'transition' | 'claim' | 'last_arrival';

/** The ways between the values of a status, by the value they begin at. */
export type Ways = Readonly<Record<string, readonly string[]>>;
/** Which steps a `transition` column knows: its own ways, and those of the workflow in force for a kind of record. */
export interface Steps {
  readonly ways: Ways;
  /** `entity_type` of the workflow; whoever holds the permission `past_it` may also go other ways. */
  readonly workflow?: { readonly entity_type: string; readonly past_it: string };
}

/** How a number begins that a station gave away from the centre, with its block used up; the centre replaces it. */
export const PROVISIONAL_PREFIX = 'TMP-';

/** A running number: `###` in the pattern becomes the number (at least as many digits), `{year}` the calendar year. */
export interface NumberSeries {
  readonly series: string;
  readonly pattern: string;
}

export interface ColumnFacts {
  readonly kind: Kind;
  readonly zod: z.ZodType;
  readonly required: boolean;
  readonly has_default: boolean;
  readonly default_value?: unknown;
  readonly choices?: readonly string[];
  readonly refers_to?: { readonly table: string; readonly on_delete: OnDelete };
  /** An integer beyond 32 bits. */
  readonly is_wide: boolean;
  /** Masked as `***` in the audit trail and never returned by generic reads. */
  readonly secret: boolean;
  /** Conflict rule of this column where it differs from its table (replication). */
  readonly conflict?: ColumnConflict;
  /** Absent: any step from the state at the centre. */
  readonly steps?: Steps;
  /** Given by the program; its table keeps the `provisional_number` that it replaced. */
  readonly numbers?: NumberSeries;
  readonly comment?: string;
}

export interface Column<Data, Required extends boolean = true, HasDefault extends boolean = false>
  extends ColumnFacts {
  readonly data?: Data;
  readonly required: Required;
  readonly has_default: HasDefault;
  optional(): Column<Data, false, HasDefault>;
  default(value: Data): Column<Data, Required, true>;
  secret_value(): Column<Data, Required, HasDefault>;
  moves_by(conflict: ColumnConflict, steps?: Steps): Column<Data, Required, HasDefault>;
  numbered(numbers: NumberSeries): Column<Data, Required, HasDefault>;
  about(comment: string): Column<Data, Required, HasDefault>;
}

function column<D, R extends boolean, H extends boolean>(facts: ColumnFacts): Column<D, R, H> {
  return {
    ...facts,
    required: facts.required as R,
    has_default: facts.has_default as H,
    optional: () => column<D, false, H>({ ...facts, required: false }),
    default: value => column<D, R, true>({ ...facts, has_default: true, default_value: value }),
    secret_value: () => column<D, R, H>({ ...facts, secret: true }),
    moves_by: (conflict, steps) => column<D, R, H>({ ...facts, conflict, ...(steps && { steps }) }),
    numbered: numbers => column<D, R, H>({ ...facts, numbers }),
    about: comment => column<D, R, H>({ ...facts, comment }),
  };
}

const start = <D>(facts: Pick<ColumnFacts, 'kind' | 'zod'> & Partial<ColumnFacts>) =>
  column<D, true, false>({ required: true, has_default: false, secret: false, is_wide: false, ...facts });

/** PostgreSQL stores neither NUL nor half a surrogate pair. */
export const isStorable = (s: string): boolean => !s.includes('\0') && s.isWellFormed();
const NOT_STORABLE = 'contains a NUL character or half a character';
/** Text of at most `max` characters. */
export const text = (max = 200) =>
  start<string>({
    kind: 'text',
    zod: z.string().max(max).refine(isStorable, NOT_STORABLE),
  });
export const integer = (min = -2147483648, max = 2147483647) =>
  start<number>({ kind: 'integer', zod: z.int().min(min).max(max), is_wide: max > 2147483647 });
/** Quantity in millionths of its unit of measure: 2.5 is 2 500 000. Safe up to 9 billion units. */
export const quantity = (min_e6 = 0) =>
  start<number>({ kind: 'quantity', zod: z.int().min(min_e6).max(Number.MAX_SAFE_INTEGER) });
/** Percentage on a 0-100 scale in ten-thousandths: 2.5 % is 25 000. */
export const percent = (max_e4 = 1_000_000) =>
  start<number>({ kind: 'percent', zod: z.int().min(0).max(max_e4) });
export const boolean = () => start<boolean>({ kind: 'boolean', zod: z.boolean() });
/** Milliseconds UTC. */
export const instant = () => start<number>({ kind: 'instant', zod: z.int().min(-8.64e15).max(8.64e15) });
/** Calendar day `YYYY-MM-DD`, no zone. */
export const day = () => start<string>({ kind: 'day', zod: z.iso.date() });
export const oneOf = <const V extends readonly [string, ...string[]]>(...choices: V) =>
  start<V[number]>({ kind: 'text', choices, zod: z.enum(choices) });
export const json = <T>(schema: z.ZodType<T>) =>
  start<T>({ kind: 'json', zod: schema.refine(isStorableJson, NOT_STORABLE) });
/** What never leaves the station is kept as it was typed: its screen says what is wrong with it. */
export const localJson = <T>(schema: z.ZodType<T>) => start<T>({ kind: 'json', zod: schema });
export function isStorableJson(value: unknown): boolean {
  if (typeof value === 'string') return isStorable(value);
  if (typeof value !== 'object' || value === null) return true;
  for (const key of Object.keys(value)) if (!isStorable(key)) return false;
  return Object.values(value).every(isStorableJson);
}
export const uuid = z.uuid();
export const id = <const T extends string>() => start<Id<T>>({ kind: 'id', zod: uuid });
export const ref = <const T extends string>(table: T, on_delete: OnDelete = 'restrict') =>
  start<Id<T>>({ kind: 'id', zod: uuid, refers_to: { table, on_delete } });

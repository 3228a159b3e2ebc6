import { z } from 'zod';
import { type ColumnFacts, isStorable, isStorableJson } from '../../db/kit/columns.ts';
import type { AnyTable } from '../../db/kit/define-table.ts';
import type { Row } from '../platform/row-changes.ts';

type Check = (value: unknown) => boolean;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * Says of a row as it travels, at a fraction of the time, that it has the columns of its definition, no other, and that
 * the definition takes them. The definition stays the one that refuses: "no" only means that it has to be asked.
 */
export function rowCheck(def: AnyTable): (row: Row) => boolean {
  const columns = Object.entries<ColumnFacts>(def.columns)
    .filter(([key]) => key !== 'organization_id')
    .map(([key, c]) => ({ key, required: c.required, takes: checkOf(c) }));
  return row => {
    for (const { key, required, takes } of columns) {
      const value = row[key];
      if ((value !== null || required) && !takes(value)) return false;
    }
    return Object.keys(row).length === columns.length;
  };
}

function checkOf({ kind, zod, choices }: ColumnFacts): Check {
  const asked: Check = value => zod.safeParse(value).success;
  switch (kind) {
    case 'id':
      return value => typeof value === 'string' && UUID.test(value);
    case 'boolean':
      return value => typeof value === 'boolean';
    case 'integer':
    case 'quantity':
    case 'percent':
    case 'instant':
      return zod instanceof z.ZodNumber ? wholeBetween(zod.minValue, zod.maxValue) : asked;
    case 'text':
      if (choices) return value => typeof value === 'string' && choices.includes(value);
      return zod instanceof z.ZodString ? textUpTo(zod.maxLength) : asked;
    case 'json':
      return zod.def.checks?.length === 1 ? (storable(looseCheck(zod)) ?? asked) : asked;
    case 'day':
      return asked;
  }
}
/** For what says no more of a value than that it is a record, or so many values, of anything; nothing for the others. */
function looseCheck(zod: z.core.$ZodType): Check | null {
  if (zod instanceof z.ZodUnknown) return () => true;
  if (zod instanceof z.ZodTuple && zod.def.rest === null && zod.def.items.every(isAnything)) {
    const { length } = zod.def.items;
    return value => Array.isArray(value) && value.length === length;
  }
  if (!(zod instanceof z.ZodRecord) || !(zod.keyType instanceof z.ZodString)) return null;
  const takes = isUnchecked(zod.keyType) && isUnchecked(zod.valueType) ? looseCheck(zod.valueType) : null;
  return takes && (value => isPlainObject(value) && Object.values(value).every(takes));
}
const isUnchecked = (zod: z.core.$ZodType): boolean => zod._zod.def.checks === undefined;
const isAnything = (zod: z.core.$ZodType): boolean => zod instanceof z.ZodUnknown && isUnchecked(zod);
const storable = (takes: Check | null): Check | null =>
  takes && (value => takes(value) && isStorableJson(value));
const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
const wholeBetween =
  (least: number | null, most: number | null): Check =>
  value =>
    Number.isSafeInteger(value) &&
    (least === null || Number(value) >= least) &&
    (most === null || Number(value) <= most);
const textUpTo =
  (most: number | null): Check =>
  value =>
    typeof value === 'string' && (most === null || value.length <= most) && isStorable(value);

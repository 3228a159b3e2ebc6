import type { Impact } from '../../../preload/contract/fulfilment.ts';
import type { PlanType } from '../../../preload/contract/inspection.ts';

/** Pieces of one item in the whole build, before and after. */
export interface ItemChange {
  item_id: string;
  before_e6: number;
  after_e6: number;
}
/** What was done for the build on the old configuration and BOM. */
export interface DoneFacts {
  parts_out: readonly { id: string; material_number: string; outsourcing_status: string }[];
  serials: readonly { id: string; material_number: string; serial_number: string }[];
  batches: readonly { id: string; material_number: string; batch_number: string }[];
  labels: readonly { id: string; label_code: string; values: readonly string[]; is_of_build: boolean }[];
  inspections: readonly { id: string; plan_type: PlanType }[];
  tasks: readonly { id: string; task_code: string; material_numbers: readonly string[] }[];
}
interface CountedRow {
  item_id: string;
  total_quantity_e6: number;
}

const totalsOf = (rows: readonly CountedRow[]): Map<string, number> => {
  const totals = new Map<string, number>();
  for (const { item_id, total_quantity_e6 } of rows)
    totals.set(item_id, (totals.get(item_id) ?? 0) + total_quantity_e6);
  return totals;
};
/** The items of which the build needs more, fewer, none any more, or for the first time. */
export function changedItems(before: readonly CountedRow[], after: readonly CountedRow[]): ItemChange[] {
  const [old, next] = [totalsOf(before), totalsOf(after)];
  return [...new Set([...old.keys(), ...next.keys()])]
    .map(item_id => ({ item_id, before_e6: old.get(item_id) ?? 0, after_e6: next.get(item_id) ?? 0 }))
    .filter(({ before_e6, after_e6 }) => before_e6 !== after_e6)
    .sort((a, b) => (a.item_id < b.item_id ? -1 : 1));
}

type Why = Impact['why'];
const whyOf = ({ before_e6, after_e6 }: ItemChange): Why =>
  after_e6 === 0 ? 'removed' : before_e6 === 0 ? 'added' : after_e6 < before_e6 ? 'fewer' : 'more';
/** Judged on the body alone, before any part of the floor is in. */
const BODY_FORMS: readonly PlanType[] = ['PRE_QC'];
const E6 = 1_000_000;

/**
 * What of the work done becomes wrong: parts sent out that are needed otherwise, serial and batch numbers of parts
 * that leave the build, labels that show what is no longer true, forms signed and tasks done on the old state.
 */
export function impactOf(
  items: readonly ItemChange[],
  is_configuration_changed: boolean,
  done: DoneFacts,
): Impact[] {
  const changed = new Map(items.map(item => [item.item_id, item]));
  const gone = new Set(items.filter(item => item.after_e6 === 0).map(item => item.item_id));
  const isTouched = items.length > 0 || is_configuration_changed;
  const impacts: Impact[] = [];
  const tell = (kind: Impact['kind'], id: string, what: string, item_id: string | null, why: Why) =>
    impacts.push({ kind, id, what, item_id, why });

  for (const part of done.parts_out) {
    const item = changed.get(part.material_number);
    if (item) tell('part_sent', part.id, part.outsourcing_status, part.material_number, whyOf(item));
  }
  for (const { serial, item } of surplusSerials(done.serials, changed))
    tell('serial', serial.id, serial.serial_number, serial.material_number, whyOf(item));
  for (const batch of done.batches)
    if (gone.has(batch.material_number))
      tell('batch', batch.id, batch.batch_number, batch.material_number, 'removed');
  for (const label of done.labels) {
    const named = label.values.find(value => gone.has(value));
    if (named !== undefined) tell('label', label.id, label.label_code, named, 'removed');
    else if (label.is_of_build && is_configuration_changed)
      tell('label', label.id, label.label_code, null, 'configuration');
  }
  for (const { id, plan_type } of done.inspections) {
    if (is_configuration_changed) tell('check', id, plan_type, null, 'configuration');
    else if (isTouched && !BODY_FORMS.includes(plan_type)) tell('check', id, plan_type, null, 'items');
  }
  for (const task of done.tasks) {
    const item = task.material_numbers.map(number => changed.get(number)).find(found => found !== undefined);
    if (item) tell('task', task.id, task.task_code, item.item_id, whyOf(item));
  }
  return impacts;
}

/** Of a part that leaves, every serial number; of one that is needed less, the last captured beyond the need. */
function surplusSerials(serials: DoneFacts['serials'], changed: ReadonlyMap<string, ItemChange>) {
  const kept = new Map<string, number>();
  return serials.flatMap(serial => {
    const item = changed.get(serial.material_number);
    if (!item || item.after_e6 >= item.before_e6) return [];
    const before = kept.get(serial.material_number) ?? 0;
    if ((before + 1) * E6 > item.after_e6) return [{ serial, item }];
    kept.set(serial.material_number, before + 1);
    return [];
  });
}

import type { Id } from '../../../../db/kit/columns.ts';
import type { DraftDocument } from '../../../../preload/contract/orders.ts';
import { draftDocument, givenConfiguration, orders } from '../../../../preload/contract/orders.ts';
import { configuration as configurationSchema } from '../../../../preload/contract/product-model.ts';
import type { ParsedInputOf } from '../../../../preload/contract/rpc.ts';
import type { Stored } from '../../../platform/sheet.ts';
import type { ReadCtx } from '../../../rpc/context.ts';
import { checkDraft } from '../../orders/checks.service.ts';
import { copiedConfiguration } from '../../orders/copy.rules.ts';
import { plantScope } from '../../orders/order-rows.service.ts';
import { updateHeader } from '../../orders/revisions.service.ts';
import { submitDocument } from '../../orders/submit.service.ts';
import {
  contractProblems,
  differences,
  emptied,
  type ImportField,
  type ImportKind,
  type Judged,
  missing,
  type ParsedRow,
  problem,
  type RowProblem,
  textOf,
} from '../import-kind.ts';

const text = (key: string, example: string, more: Partial<ImportField> = {}): ImportField => ({
  key,
  kind: 'text',
  example,
  ...more,
});
const header: ImportField[] = [
  text('customer_name', 'St. Mary Hospital', { is_required: true }),
  text('project_name', 'North wing'),
  text('sales_person', 'A. Roy', { is_required: true }),
  { key: 'want_on', kind: 'day', is_required: true, example: '2027-03-01' },
  text('document_language', 'EN', { choices: ['EN', 'FR', 'SP'] }),
  text('notes', ''),
];
const fields: ImportField[] = [
  text('order_number', 'PO-4591', { is_key: true, is_required: true }),
  text('build_number', 'B-001', { is_key: true, is_required: true }),
  ...header,
  text('product_family', 'MDRD'),
  text('copy_of', 'PO-4587/B-001', { is_number_text: true }),
  text('configuration', ''),
];

interface Op {
  submit: DraftDocument | null;
  patch: ParsedInputOf<typeof orders.updateHeader> | null;
}
type Held = Record<string, Stored> & { id: Id<'orders'>; row_version: number; configuration: string };
const HELD = `select id, row_version, order_number, build_number, customer_name, project_name, sales_person, want_on, document_language,
    notes, configuration, order_status
  from orders where order_kind = 'CUSTOMER_BUILD' and (@plant_id is null or plant_id = @plant_id)`;
const keyOf = (order_number: string, build_number: string): string => `${order_number}/${build_number}`;

function planner(ctx: ReadCtx) {
  const held = new Map<string, Held>();
  const existing = new Set<string>();
  for (const row of ctx.sql.iterate<Held>(HELD, { plant_id: plantScope(ctx) })) {
    held.set(keyOf(String(row.order_number), String(row.build_number)), row);
    existing.add(String(row.order_number));
  }
  const seen = new Map<string, number>();
  const added = new Map<string, { row: ParsedRow; configuration: Record<string, unknown> }[]>();

  /** Answers of a new build: written out as in an order file, or those of another build. */
  function answersOf(values: ParsedRow['values']): {
    answers: Record<string, unknown> | null;
    problems: RowProblem[];
  } {
    const written = textOf(values.configuration);
    const copied = textOf(values.copy_of);
    if (written !== '') {
      const given = givenConfiguration.safeParse(jsonOf(written));
      return given.success
        ? { answers: given.data, problems: [] }
        : { answers: null, problems: [problem('configuration', 'not_answers')] };
    }
    if (copied === '') return { answers: null, problems: [problem('configuration', 'answers_missing')] };
    const source = held.get(copied);
    if (!source) return { answers: null, problems: [problem('copy_of', 'not_found', { value: copied })] };
    const answers = configurationSchema.parse(JSON.parse(source.configuration));
    return { answers: copiedConfiguration(answers, {}, true), problems: [] };
  }

  function judge(row: ParsedRow): Judged<Op> | null {
    const { values } = row;
    const order_number = textOf(values.order_number);
    const build_number = textOf(values.build_number);
    const label = keyOf(order_number, build_number);
    const none: Judged<Op> = { row: row.row, problems: [], change: 'UNCHANGED', label, fields: [], op: null };
    const twice = seen.get(label);
    if (twice !== undefined)
      return { ...none, problems: [problem('build_number', 'row_twice', { row: twice })] };
    seen.set(label, row.row);
    const before = held.get(label);
    if (before) return judgeHeld(none, values, before);
    const problems = missing(fields, values);
    const { answers, problems: more } = answersOf(values);
    if (problems.length + more.length > 0 || answers === null)
      return { ...none, problems: [...problems, ...more] };
    added.set(order_number, [...(added.get(order_number) ?? []), { row, configuration: answers }]);
    return null;
  }
  function judgeHeld(none: Judged<Op>, values: ParsedRow['values'], before: Held): Judged<Op> {
    if (textOf(values.configuration) !== '' || textOf(values.copy_of) !== '')
      return { ...none, problems: [problem('configuration', 'answers_of_existing')] };
    const changed = differences(header, before, values);
    if (changed.length === 0) return none;
    const lacking = emptied(header, changed);
    if (lacking.length > 0) return { ...none, problems: lacking };
    const parsed = orders.updateHeader.input.safeParse({
      order_id: before.id,
      expected_version: before.row_version,
      whole_po: false,
      patch: Object.fromEntries(changed.map(({ field, new: to }) => [field, to ?? ''])),
    });
    if (!parsed.success) return { ...none, problems: contractProblems(parsed, path => path, 1) };
    return { ...none, change: 'CHANGED', fields: changed, op: { submit: null, patch: parsed.data } };
  }

  /** New builds of one order are submitted together, as the wizard does. */
  function close(): Judged<Op>[] {
    return [...added].flatMap(([order_number, builds]) => {
      const [first] = builds;
      if (!first) return [];
      const value = (key: string) => textOf(first.row.values[key]);
      const draft = draftDocument.parse({
        step: 5,
        family: value('product_family') || 'MDRD',
        add_to_existing: existing.has(order_number),
        header: {
          order_number,
          customer_name: value('customer_name'),
          project_name: value('project_name'),
          sales_person: value('sales_person'),
          want_on: value('want_on'),
          document_language: value('document_language') || 'EN',
          notes: value('notes'),
        },
        builds: builds.map(({ row, configuration }) => ({
          build_number: textOf(row.values.build_number),
          configuration,
        })),
        files: [],
      });
      const found = checkDraft(ctx, { draft });
      const errors = found.problems
        .filter(({ kind }) => kind === 'error')
        .map(({ path, code, details }) =>
          problem(path.startsWith('header.') ? path.slice(7) : null, 'order_refused', { ...details, code }),
        );
      return builds.map(({ row }, at) => {
        const evaluation = found.builds[at]?.evaluation;
        const broken =
          evaluation && !evaluation.submittable ? [problem('configuration', 'not_submittable')] : [];
        const label = keyOf(order_number, textOf(row.values.build_number));
        return {
          row: row.row,
          problems: [...(at === 0 ? errors : []), ...broken],
          change: 'ADDED' as const,
          label,
          fields: differences(fields, null, row.values),
          op: at === 0 ? { submit: draft, patch: null } : null,
        };
      });
    });
  }
  return { judge, close };
}
function jsonOf(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}

/** Headers of builds that are there; new builds with their answers. A configuration is revised in the configurator. */
export const ordersKind: ImportKind<Op> = {
  kind: 'orders',
  sheet: 'orders',
  create: 'orders:create',
  update: 'orders:update',
  fields,
  planner,
  apply(ctx, { submit, patch }) {
    if (submit) submitDocument(ctx, submit);
    if (patch) updateHeader(ctx, patch);
    return undefined;
  },
};

import type { fulfilment, Impact } from '../../../preload/contract/fulfilment.ts';
import { configuration as configurationSchema } from '../../../preload/contract/product-model.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, DomainEventOf, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import {
  configurationAt,
  type HeaderRow,
  headerRow,
  headersOf,
  orderFacts,
} from '../bom/bom-rows.service.ts';
import { judge } from '../bom/judge.service.ts';
import { expandedTree, storedTree } from '../bom/tree.service.ts';
import { catalogueIndex } from '../catalogue/catalogue.service.ts';
import { diffConfigurations } from '../catalogue/product-model.rules.ts';
import { modelById } from '../catalogue/product-models.service.ts';
import { itemsOfOrder } from '../logistics/outsourcing.service.ts';
import { orderRow } from '../orders/order-rows.service.ts';
import { noteOn } from '../orders/status.service.ts';
import { taskProgress } from '../production/progress.service.ts';
import { addRework } from '../production/task-lists.service.ts';
import { openNcr } from '../quality/ncrs.service.ts';
import { signedResults } from '../quality/results.service.ts';
import { changedItems, type DoneFacts, impactOf } from './impact.rules.ts';
import { impactText, reworkText } from './impact-words.rules.ts';
import { tell } from './notices.service.ts';

type Input<P extends keyof typeof fulfilment> = ParsedInputOf<(typeof fulfilment)[P]>;
const OUT = ['SENT', 'DELAYED', 'RECEIVED'];
/** What these show follows the answers. */
const CONFIGURED_LABELS = ['BUILD_FRONT', 'BUILD_BACK', 'BASIN', 'CABLE_TAG'];
const REWORK_MINUTES = 30;
const LONGEST_DESCRIPTION = 5000;

/** What becomes wrong when this draft BOM replaces the approved one; nothing for the first version of a build. */
export function bomImpact(ctx: ReadCtx, { bom_id }: Input<'bomImpact'>) {
  const header = headerRow(ctx, bom_id);
  const approved = headersOf(ctx, header.order_id).find(({ status }) => status === 'APPROVED');
  if (!approved || approved.bom_id === bom_id) return { replaces_version: null, impacts: [] };
  return { replaces_version: approved.bom_version, impacts: between(ctx, approved, header) };
}

/** What becomes wrong when the build gets these answers, against the BOM in force or else the newest one. */
export function revisionImpact(ctx: ReadCtx, { order_id, configuration }: Input<'revisionImpact'>) {
  const order = orderFacts(ctx, order_id);
  const versions = headersOf(ctx, order_id);
  const held = versions.find(({ status }) => status === 'APPROVED') ?? versions[0];
  if (!held) return { replaces_version: null, impacts: [] };
  const { compiled } = modelById(
    ctx,
    order.product_model_id ?? refuse('product_model_unknown', { family: '' }),
  );
  const index = catalogueIndex(ctx);
  const { lines, normalized } = judge(ctx, compiled, configuration, order, index);
  const answers = configurationSchema.parse(configurationAt(ctx, order_id, held.configuration_revision));
  const impacts = impactOf(
    changedItems(storedTree(ctx, held.bom_id), expandedTree(ctx, lines, index)),
    diffConfigurations(answers, normalized).length > 0,
    doneFor(ctx, order_id),
  );
  return { replaces_version: held.bom_version, impacts };
}

function between(ctx: ReadCtx, from: HeaderRow, to: HeaderRow): Impact[] {
  const answersOf = ({ order_id, configuration_revision }: HeaderRow) =>
    configurationSchema.parse(configurationAt(ctx, order_id, configuration_revision));
  return impactOf(
    changedItems(storedTree(ctx, from.bom_id), storedTree(ctx, to.bom_id)),
    diffConfigurations(answersOf(from), answersOf(to)).length > 0,
    doneFor(ctx, to.order_id),
  );
}

const SERIALS = `select id, material_number, serial_number from serial_numbers
  where order_id = ? order by captured_at_ms, id`;
const BATCHES = `select id, material_number, batch_number from batch_numbers
  where order_id = ? order by captured_at_ms, id`;
const LABELS = `select id, label_type, label_code, label_data from barcode_labels
  where entity_type = 'orders' and entity_id = ? and is_active = 1 and print_count > 0 order by label_code`;
const TASKS = `select k.id, k.task_code, (select json_group_array(p.material_number) from operation_task_parts p
    where p.task_id = k.id) as numbers, (select json_group_array(p.from_material_number) from operation_task_parts p
    where p.task_id = k.id and p.from_material_number <> '') as lines
  from operation_tasks k join work_order_operations o on o.id = k.operation_id and o.is_active = 1
    join work_orders w on w.id = o.work_order_id
  where w.order_id = ? and k.is_completed = 1 and k.is_rework = 0 order by k.sequence`;

function doneFor(ctx: ReadCtx, order_id: string): DoneFacts {
  return {
    parts_out: itemsOfOrder(ctx, order_id).filter(item => OUT.includes(item.outsourcing_status)),
    serials: ctx.sql.all<DoneFacts['serials'][number]>(SERIALS, [order_id]),
    batches: ctx.sql.all<DoneFacts['batches'][number]>(BATCHES, [order_id]),
    labels: ctx.sql
      .all<{ id: string; label_type: string; label_code: string; label_data: string }>(LABELS, [order_id])
      .map(({ id, label_type, label_code, label_data }) => ({
        id,
        label_code,
        values: Object.values<string>(JSON.parse(label_data)),
        is_of_build: CONFIGURED_LABELS.includes(label_type),
      })),
    inspections: [...signedResults(ctx, order_id).values()]
      .filter(({ overall_result }) => overall_result === 'PASS')
      .map(({ log_id, plan_type }) => ({ id: log_id, plan_type }))
      .toSorted((a, b) => (a.plan_type < b.plan_type ? -1 : 1)),
    tasks: ctx.sql
      .all<{ id: string; task_code: string; numbers: string; lines: string }>(TASKS, [order_id])
      .map(row => ({
        id: row.id,
        task_code: row.task_code,
        material_numbers: [...JSON.parse(row.numbers), ...JSON.parse(row.lines)],
      })),
  };
}

/**
 * A new BOM came into force: what it makes wrong becomes one issue, which holds the build until it is settled, with
 * rework for the floor where there is a task list.
 */
export function followReplacement(ctx: CommandCtx, event: DomainEventOf<'bom_approved'>): void {
  if (event.replaced_bom_id === null) return;
  const from = headerRow(ctx, event.replaced_bom_id);
  const [to] = headersOf(ctx, event.order_id).filter(header => header.bom_version === event.bom_version);
  if (!to) return;
  const impacts = between(ctx, from, to);
  if (impacts.length === 0) return;
  const order = orderRow(ctx, event.order_id);
  const { locale } = ctx.actor;
  const works = impacts.flatMap(impact => reworkText(impact, locale) ?? []);
  const ncr = openNcr(ctx, {
    order_id: order.id,
    ncr_type: 'PROCESS',
    category: 'OTHER',
    severity: impacts.some(({ kind }) => kind !== 'label') ? 'MAJOR' : 'MINOR',
    needs_rework: works.length > 0,
    defect_description: impactText(impacts, { from: from.bom_version, to: to.bom_version }, locale).slice(
      0,
      LONGEST_DESCRIPTION,
    ),
  });
  if (works.length > 0 && taskProgress(ctx, order.id).has_list)
    addRework(
      ctx,
      order.id,
      { id: ncr.id, ncr_number: ncr.ncr_number },
      works.map(description => ({
        description,
        characteristic_codes: [],
        estimated_minutes: REWORK_MINUTES,
      })),
    );
  noteOn(ctx, order, {
    action: 'REVISION_IMPACT',
    metadata: { ncr_number: ncr.ncr_number, consequences: impacts.length },
  });
  tell(ctx, order, {
    roles: [
      'PLANNER',
      ...(impacts.some(({ kind }) => kind === 'part_sent') ? ['PROCUREMENT'] : []),
      ...(impacts.some(({ kind }) => kind === 'check') ? ['QC_INSPECTOR'] : []),
    ],
    user_ids: order.current_assignee_id === null ? [] : [order.current_assignee_id],
    type: 'ERROR',
    priority: 'HIGH',
    code: 'revision_impact',
    values: { ncr_number: ncr.ncr_number, count: impacts.length },
  });
}

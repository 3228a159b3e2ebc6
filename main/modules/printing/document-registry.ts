import {
  type DataOfDocument,
  type DocumentFrame,
  type DocumentName,
  documentData,
} from '../../../preload/contract/document-data.ts';
import type { ExampleAnswers } from '../../../preload/contract/instruction-editing.ts';
import type { DocumentParams } from '../../../preload/contract/printing.ts';
import type { Task } from '../../../preload/contract/production.ts';
import { refuse } from '../../rpc/refusal.ts';
import { shownAnswers } from '../bom/answer-labels.rules.ts';
import { aggregatedBom, bomTree } from '../bom/bom.service.ts';
import { pickListOf } from '../bom/pick-list.service.ts';
import type { OrderRow } from '../orders/order-rows.service.ts';
import { instructionRow } from '../production/instruction-editing.service.ts';
import { exampleTasks } from '../production/instruction-trial.service.ts';
import { buildTasks } from '../production/tasks.service.ts';
import {
  bomOfBuild,
  buildFactsOf,
  buildOf,
  buildsMeant,
  buildsPicked,
  type DocumentCtx,
  exampleFrame,
  frameOf,
  modelOf,
  orderFactsOf,
  plantTime,
  requiredBom,
} from './document-facts.service.ts';
import { formOf } from './document-forms.service.ts';
import { imageOf } from './file-image.service.ts';
import { deviceHistoryOf } from './history-document.service.ts';
import { modelLabel } from './model-label.rules.ts';
import { packingListOf, qcCertificateOf, qcFormOf, testReportOf } from './quality-documents.service.ts';

/** Documents that show a BOM: with them it has left the house. */
export const SHOWS_BOM: ReadonlySet<DocumentName> = new Set([
  'bom_tree',
  'bom_aggregated',
  'work_instructions',
]);

type Sources = { [N in DocumentName]: (ctx: DocumentCtx, params: DocumentParams) => DataOfDocument[N] };
/** The data of each document; everything a layout shows is in it. */
export const documentSources: Sources = {
  order_confirmation(ctx, params) {
    const orders = buildsMeant(ctx, params);
    const first = orders[0] ?? buildOf(ctx, params);
    return {
      frame: frameOf(ctx, formOf(ctx, 'order_confirmation'), first, true),
      order: orderFactsOf(ctx, first),
      builds: orders.map(order => {
        const bom_id = bomOfBuild(ctx, order);
        const bom = bom_id ? bomTree(ctx, bom_id) : null;
        const lines = (bom?.rows ?? []).filter(row => row.level === 0);
        return documentData.order_confirmation.shape.builds.element.parse({
          ...buildFactsOf(ctx, order),
          bom_version: bom?.header.bom_version ?? null,
          lines,
        });
      }),
    };
  },
  bom_tree(ctx, params) {
    const order = buildOf(ctx, params);
    const { header, rows, totals } = bomTree(ctx, requiredBom(ctx, order, params.bom_id));
    const groups = modelOf(ctx, order)?.compiled.model.bom_groups ?? [];
    return {
      frame: frameOf(ctx, formOf(ctx, 'bom_tree'), order, false),
      header,
      approved_at: plantTime(ctx, order, header.approved_at_ms),
      rows: documentData.bom_tree.shape.rows.parse(rows),
      group_labels: Object.fromEntries(groups.map(group => [group.code, group.label])),
      totals,
    };
  },
  bom_aggregated(ctx, params) {
    const order = buildOf(ctx, params);
    const { header, lines, totals } = aggregatedBom(ctx, requiredBom(ctx, order, params.bom_id));
    return {
      frame: frameOf(ctx, formOf(ctx, 'bom_aggregated'), order, false),
      header,
      approved_at: plantTime(ctx, order, header.approved_at_ms),
      lines,
      totals,
    };
  },
  pick_list(ctx, params) {
    const orders = buildsPicked(ctx, params);
    const list = pickListOf(
      ctx,
      orders.map(({ id }) => id),
    );
    return { frame: pickFrame(ctx, orders), ...list };
  },
  work_instructions(ctx, params) {
    if (params.example) return examplePack(ctx, params.example, params.draft_id);
    const order = buildOf(ctx, params);
    const { header } = bomTree(ctx, requiredBom(ctx, order, params.bom_id));
    const { draft_id } = params;
    const { tasks, total_minutes } = buildTasks(ctx, { order_id: order.id, draft_id });
    return {
      frame: frameOf(ctx, formOf(ctx, 'work_instructions'), order, false),
      order: orderFactsOf(ctx, order),
      build: buildFactsOf(ctx, order),
      bom: {
        bom_version: header.bom_version,
        status: header.status,
        approved_by_name: header.approved_by_name,
        approved_at: plantTime(ctx, order, header.approved_at_ms),
      },
      // Build numbers repeat across orders.
      qr_text: `${order.order_number}/${order.build_number}`,
      tasks,
      total_minutes,
      pictures: picturesOf(ctx, tasks),
      draft: draft_id ? draftOf(ctx, draft_id, tasks) : null,
    };
  },
  qc_form: qcFormOf,
  test_report: testReportOf,
  qc_certificate: qcCertificateOf,
  packing_list: packingListOf,
  device_history_record: deviceHistoryOf,
};

/** Heads every page with the build, or with the orders when several builds are picked together. */
function pickFrame(ctx: DocumentCtx, orders: readonly OrderRow[]): DocumentFrame {
  const [first] = orders;
  if (!first) return refuse('document_params_missing', { missing: 'order_ids' });
  const frame = frameOf(ctx, formOf(ctx, 'pick_list'), first, orders.length > 1);
  const numbers = [...new Set(orders.map(({ order_number }) => order_number))];
  const [shown, more] = [numbers.slice(0, MOST_HEADED), numbers.length > MOST_HEADED ? ', …' : ''];
  return { ...frame, order_number: shown.join(', ') + more };
}
const MOST_HEADED = 3;
/** The pack as a build with these answers would get it, for review. */
function examplePack(
  ctx: DocumentCtx,
  example: ExampleAnswers,
  draft_id: DocumentParams['draft_id'],
): DataOfDocument['work_instructions'] {
  const { compiled, configuration, tasks, total_minutes } = exampleTasks(ctx, example, draft_id);
  const model_label = modelLabel(configuration);
  return {
    frame: exampleFrame(ctx, formOf(ctx, 'work_instructions')),
    order: null,
    build: {
      build_number: model_label ?? example.family,
      model_name: compiled.model.name,
      model_label,
      configuration_revision: 0,
      configuration,
      answers: shownAnswers(compiled, configuration),
    },
    bom: null,
    qr_text: null,
    tasks,
    total_minutes,
    pictures: picturesOf(ctx, tasks),
    draft: draft_id ? draftOf(ctx, draft_id, tasks) : null,
  };
}

function picturesOf(ctx: DocumentCtx, tasks: readonly Task[]): Record<string, string> {
  const ids = new Set(tasks.flatMap(task => task.steps.flatMap(step => step.media_file_id ?? [])));
  return Object.fromEntries(
    [...ids].flatMap(id => {
      const image = imageOf(ctx, id);
      return image === null ? [] : [[id, image]];
    }),
  );
}
/** A draft whose condition leaves the build out shows nothing of itself: the pack says so. */
function draftOf(
  ctx: DocumentCtx,
  draft_id: NonNullable<DocumentParams['draft_id']>,
  tasks: readonly Task[],
): DataOfDocument['work_instructions']['draft'] {
  const { instruction_code, instruction_version } = instructionRow(ctx, draft_id);
  return {
    instruction_code,
    instruction_version,
    applies: tasks.some(task => task.instruction_id === draft_id),
  };
}

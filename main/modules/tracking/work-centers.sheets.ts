import type { WorkCenterRow } from '../../../preload/contract/tracking.ts';
import { defineSheet, type Sheet } from '../../platform/sheet.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { listWorkCenters } from './work-centers.service.ts';

/** The work centres of the plant in their flow, with the codes of the departments that book there. */
export function workCentersSheet(ctx: ReadCtx): Sheet {
  const { rows } = listWorkCenters(ctx);
  const codes = new Map(
    ctx.sql
      .all<{ id: string; dept_code: string }>('select id, dept_code from departments')
      .map(({ id, dept_code }) => [id, dept_code]),
  );
  const departments = (center: WorkCenterRow): string =>
    center.departments
      .map(({ department_id }) => codes.get(department_id) ?? '')
      .sort()
      .join(', ');
  return defineSheet<WorkCenterRow>({
    id: 'work_centers',
    row_count: rows.length,
    rows: () => rows,
    columns: [
      { key: 'work_center_code', kind: 'text', width: 14, value: c => c.work_center_code },
      { key: 'work_center_name', kind: 'text', width: 30, value: c => c.work_center_name, total: 'count' },
      {
        key: 'work_center_type',
        kind: 'text',
        width: 18,
        value: c => c.work_center_type,
        words: 'work_center_type',
      },
      { key: 'flow_position', kind: 'integer', width: 12, value: c => c.flow_position },
      { key: 'departments', kind: 'text', width: 24, value: departments },
      { key: 'is_active', kind: 'boolean', width: 9, value: c => c.is_active },
    ],
  });
}

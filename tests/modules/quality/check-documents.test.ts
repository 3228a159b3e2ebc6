import { expect, test } from 'vitest';
import { file_links, file_uploads } from '../../../db/schema/infrastructure.ts';
import { ask } from '../../support/station.ts';
import { attachDrawing, buildAt, openRows } from './inspection-support.ts';

test('a check shows the documents of the build that its form names, and pictures of its item; the editor decides', () => {
  const { station, order_id } = buildAt('READY_FOR_PRE_QC');
  const inspector = station.session('QC_INSPECTOR');
  const admin = station.session('ORG_ADMIN');
  attachDrawing(station, order_id);
  const item = station.asSystem('test.photo', ctx => {
    const photo = ctx.insert(file_uploads, {
      original_name: 'casters.png',
      file_size_bytes: 10,
      mime_type: 'image/png',
      file_extension: 'png',
      sha256: 'b'.repeat(64),
    });
    const material = ctx.sql.get<{ id: string; material_number: string }>(
      "select id, material_number from materials where material_number = 'T2-LEVELING-CASTOR-475'",
    );
    ctx.insert(file_links, {
      file_upload_id: photo.id,
      entity_type: 'materials',
      entity_id: material?.id ?? '',
      link_role: 'PHOTO',
    });
    return material?.material_number ?? '';
  });
  const opened = ask(station, inspector, 'quality.openForm', { order_id, plan_type: 'PRE_QC' });
  const shownBy = (log_id: typeof opened.log_id) =>
    ask(station, inspector, 'quality.getForm', { log_id }).documents.map(file => [
      file.original_name,
      file.material_number,
    ]);
  expect(shownBy(opened.log_id)).toEqual([['drawing.pdf', null]]);
  const roles = (code: string) =>
    openRows(station, inspector, opened.log_id).find(row => row.code === code)?.shows_file_roles;
  expect(roles('P07')).toEqual(['TECHNICAL_DRAWING', 'PO_DOCUMENT']);
  expect(roles('P01')).toEqual([]);

  // The next version of the form: the drawing at no check, the picture of the casters where the feet are looked at.
  const { plan_id } = ask(station, inspector, 'quality.getForm', { log_id: opened.log_id });
  const next = ask(station, admin, 'quality.clonePlan', { plan_id, plan_code: null });
  const { plan, document } = ask(station, admin, 'quality.getPlan', next);
  const sections = document.sections.map(section => ({
    ...section,
    checks: section.checks.map(check => ({
      ...check,
      shows_file_roles: [],
      ...(check.code === 'P08' && { material_number: item }),
    })),
  }));
  ask(station, admin, 'quality.savePlan', {
    ...next,
    row_version: plan.row_version,
    document: { ...document, sections },
  });
  ask(station, admin, 'quality.publishPlan', next);
  ask(station, inspector, 'quality.discardForm', { log_id: opened.log_id, reason: 'Another version' });
  const again = ask(station, inspector, 'quality.openForm', { order_id, plan_type: 'PRE_QC' });
  expect(shownBy(again.log_id)).toEqual([['casters.png', item]]);
});

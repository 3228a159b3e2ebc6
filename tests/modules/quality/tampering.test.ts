import path from 'node:path';
import { Readable } from 'node:stream';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { ask, refusalOf } from '../../support/station.ts';
import { attachDrawing, buildAt, fillForm, openRows, QC, sign } from './inspection-support.ts';

/** A signed pre-QC form and a way around the program: the file itself, its guards taken off. */
function signedForm() {
  const { station, order_id } = buildAt('READY_FOR_PRE_QC');
  const qc = station.session('QC_INSPECTOR');
  attachDrawing(station, order_id);
  const log_id = fillForm(station, qc, order_id, 'PRE_QC');
  sign(station, qc, log_id, QC);
  const file = new Database(path.join(station.folders.database));
  file.pragma('foreign_keys = OFF');
  file.function('capture_change', { varargs: true }, () => null);
  const unguarded = (sql: string): void => {
    const guards = file
      .prepare<[], { name: string; sql: string }>(
        "select name, sql from sqlite_master where type = 'trigger' and (name like 'sealed%' or name like 'append_only%')",
      )
      .all();
    for (const { name } of guards) file.exec(`drop trigger "${name}"`);
    file.exec(sql);
    for (const guard of guards) file.exec(guard.sql);
  };
  const found = () =>
    ask(station, qc, 'quality.verify', { order_id }).findings.map(f => `${f.kind}: ${f.where}`);
  return { station, qc, order_id, log_id, file, unguarded, found };
}

test('a signed row refuses every change and deletion, whatever connection is used', () => {
  const { file, found } = signedForm();
  for (const sql of [
    "update inspection_logs set overall_result = 'FAIL'",
    'delete from inspection_logs',
    "update inspection_measurements set measured_text = 'NO'",
    'update inspection_measurements set signed_at_ms = null',
    'delete from inspection_measurements',
  ])
    expect(() => file.exec(sql), sql).toThrow('is signed');
  expect(() => file.exec("update electronic_signatures set signer_name = 'X'")).toThrow('append only');
  expect(found()).toEqual([]);
});

test('a byte changed in the file is found and named', () => {
  const { unguarded, found } = signedForm();
  unguarded(
    "update inspection_measurements set note = 'x' where characteristic_id = (select id from inspection_characteristics where characteristic_code = 'P07' and plan_id = (select plan_id from inspection_logs))",
  );
  expect(found()).toEqual(['content_changed: P07, note']);
  unguarded("update inspection_measurements set note = null where note = 'x'");
  expect(found()).toEqual([]);
  unguarded("update inspection_logs set job_id = 'other'");
  expect(found()).toEqual(['content_changed: record, job_id']);
  unguarded("update inspection_logs set job_id = 'P01-0-1'");
  unguarded(
    "delete from inspection_measurements where characteristic_id in (select id from inspection_characteristics where characteristic_code = 'P08')",
  );
  expect(found()).toEqual(['answer_removed: P08']);
});

test('another question under the same answer, another signer and a signature made anew are found', () => {
  const { unguarded, found } = signedForm();
  unguarded(
    "update inspection_characteristics set characteristic_name = json_set(characteristic_name, '$.en', 'Anything') where characteristic_code = 'P07' and plan_id = (select plan_id from inspection_logs)",
  );
  expect(found()).toEqual(['content_changed: P07, name']);
  unguarded("update electronic_signatures set signer_name = 'Somebody Else'");
  expect(found()).toEqual(['signature_changed: electronic_signatures', 'content_changed: P07, name']);
  unguarded("update electronic_signatures set signature_sha256 = '0'");
  expect(found()).toContain('trail_differs: audit_logs');
  unguarded('delete from electronic_signatures');
  expect(found()).toEqual(['signature_changed: electronic_signatures']);
});

test('a photo of a signed form is not taken off, not even by who made it', async () => {
  const { station, order_id } = buildAt('READY_FOR_PRE_QC');
  const qc = station.session('QC_INSPECTOR');
  attachDrawing(station, order_id);
  const log_id = fillForm(station, qc, order_id, 'PRE_QC');
  const measurement_id = openRows(station, qc, log_id)[0]?.measurement_id ?? '';
  const at = { entity_type: 'inspection_measurements' as const, entity_id: measurement_id };
  const photo = Buffer.from('%PDF-1.7\n%%EOF\n');
  const upload = { original_name: 'photo.pdf', size_bytes: photo.length };
  const { ticket } = ask(station, qc, 'infrastructure.prepareUpload', upload);
  await station.transfers.receive(ticket, Readable.from([photo]), 'photo.pdf');
  const { file_upload_id } = ask(station, qc, 'infrastructure.registerFile', {
    ticket,
    original_name: 'photo.pdf',
    links: [{ ...at, link_role: 'PHOTO' }],
  });
  ask(station, qc, 'quality.attachFile', { measurement_id, file_upload_id });
  const shown = () => ask(station, qc, 'infrastructure.listFiles', at)[0];
  expect(shown()?.may_remove).toBe(true);
  sign(station, qc, log_id, QC);
  expect(shown()?.may_remove).toBe(false);
  const { file_link_id } = shown() ?? {};
  expect(refusalOf(station, qc, 'infrastructure.removeFile', { file_link_id })).toBe('file_of_record');
});

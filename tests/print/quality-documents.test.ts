import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import {
  attachDrawing,
  fillForm,
  moveTo,
  openRows,
  sign,
  thermometer,
} from '../modules/quality/inspection-support.ts';
import { opensInOffice } from '../support/office.ts';
import { ask, signIn } from '../support/station.ts';
import { buildPrintBundle, buildsOfDemo, canPrint, demoStation, pageTexts, pdfOf } from './print-support.ts';

const dist = path.resolve(import.meta.dirname, '../../out/print-quality');
beforeAll(() => (canPrint ? buildPrintBundle(dist) : undefined), 120_000);
const manager = { username: 'm.okafor', password: 'demo-plant-manager' };
const textOf = (file: string) => pageTexts(file).join('\n').replace(/\s+/g, ' ');

test.runIf(canPrint)(
  'from the blank form to the certificate: every item, the answers, the signature block, the form on every page',
  { timeout: 240_000 },
  async () => {
    const station = await demoStation(dist);
    const build = buildsOfDemo(station).find(b => b.document_language === 'EN');
    if (!build) throw new Error('no build in English');
    const { order_id } = build;
    const session = signIn(station, manager.username, manager.password);
    attachDrawing(station, order_id);
    const blankPlan = ask(station, session, 'quality.forBuild', { order_id }).forms[0]?.plan_id ?? undefined;
    const form = await pdfOf(station, 'qc_form', { order_id, plan_id: blankPlan });
    const blank = textOf(form.file);
    for (const code of ['P01', 'P05', 'P09', 'P13']) expect(blank).toContain(code);
    expect(blank).toContain('☐ Yes ☐ No');

    const { instrument_id } = ask(station, session, 'quality.saveInstrument', {
      instrument_id: null,
      row_version: null,
      instrument: { ...thermometer, last_calibrated_on: null, calibration_due_on: '2027-01-31' },
    });
    const steps = [
      ['PRE_QC', 'READY_FOR_PRE_QC'],
      ['IN_PROCESS', 'READY_FOR_PRODUCTION'],
      ['TEST', 'READY_FOR_PRODUCTION'],
      ['PACKAGING', 'TESTING_COMPLETE'],
      ['FINAL_QC', 'READY_FOR_FINAL_QC'],
    ] as const;
    const logs = steps.map(([type, status]) => {
      moveTo(station, order_id, status);
      const log_id = fillForm(station, session, order_id, type);
      if (type === 'TEST')
        ask(station, session, 'quality.setHeader', {
          log_id,
          notes: 'Bench 2',
          instrument_ids: [instrument_id],
        });
      sign(station, session, log_id, manager);
      return log_id;
    });
    const finalLog = logs[4];
    if (!finalLog) throw new Error('no final QC');
    const final = await pdfOf(station, 'qc_form', { order_id, log_id: finalLog });
    const words = textOf(final.file);
    for (const row of openRows(station, session, finalLog)) expect(words).toContain(row.code);
    expect(words).toContain('Signed electronically: Inspected and released');
    expect(words).toMatch(/Content SHA-256 [0-9a-f ]{64,}/);
    for (const page of pageTexts(final.file)) expect(page).toContain('CLQ.T2.001.V01');

    const report = await pdfOf(station, 'test_report', { order_id });
    expect(textOf(report.file)).toContain('TH-7 Fluke 52 II, serial 4711, calibrated until 2027-01-31');
    const packed = await pdfOf(station, 'packing_list', { order_id });
    expect(textOf(packed.file)).toContain('FLX-CMD-1.5X25');
    const released = await pdfOf(station, 'qc_certificate', { order_id }, { language: 'fr' });
    const certificate = textOf(released.file);
    expect(certificate).toContain(`CERT-${build.order_number}-${build.build_number}-2026`);
    for (const [type] of steps)
      expect(certificate, type).toContain(
        {
          PRE_QC: 'CLP.T2.001/1',
          IN_PROCESS: 'CLP.T2.001/2-3',
          TEST: 'CLT.T2.001',
          PACKAGING: 'CLP.T2.001/4',
          FINAL_QC: 'CLQ.T2.001',
        }[type],
      );
    opensInOffice([form, final, report, packed, released].map(({ file }) => file));
  },
);

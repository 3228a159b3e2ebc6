import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { programFolders } from '../../main/compose.ts';
import { foldersOf } from '../../main/platform/station-folder.ts';
import { oneBasin, orderStation } from '../modules/orders/order-support.ts';
import { attachDrawing, buildAt, fillForm, QC, sign } from '../modules/quality/inspection-support.ts';
import { ask, refusalOf } from '../support/station.ts';
import { buildPrintBundle, canPrint, engine, pageTexts } from './print-support.ts';

const dist = path.resolve(import.meta.dirname, '../../out/print-kept');
beforeAll(() => (canPrint ? buildPrintBundle(dist) : undefined), 120_000);

test.runIf(canPrint)(
  'the print of a signed form becomes a document of the build, once, and is not taken off',
  { timeout: 120_000 },
  async () => {
    const opened = orderStation({ pdf: engine, keeps_prints: true, folders: { ...programFolders(), dist } });
    const { station, order_id } = buildAt('READY_FOR_PRE_QC', oneBasin, opened);
    const qc = station.session('QC_INSPECTOR');
    const admin = station.session('ORG_ADMIN');
    attachDrawing(station, order_id);
    const files = () =>
      ask(station, admin, 'infrastructure.listFiles', { entity_type: 'orders', entity_id: order_id });
    const log_id = fillForm(station, qc, order_id, 'PRE_QC');
    expect(files().length).toBe(1);
    sign(station, qc, log_id, QC);
    await expect.poll(() => files().length, { timeout: 90_000 }).toBe(2);
    const kept = files().find(file => file.link_role === 'QC_FORM');
    if (!kept) throw new Error('no print was kept');
    expect(kept).toMatchObject({
      original_name: expect.stringMatching(
        /^CLP\.T2\.001-1\.V01_PO-1001_BUILD-001_1\.1_[A-Z]+_20261120_\d{6}\.pdf$/,
      ),
      is_previewable: true,
      may_remove: false,
    });
    const { files: folder } = foldersOf(station.folders.root);
    const stored = path.join(folder, kept.sha256.slice(0, 2), kept.sha256.slice(2, 4), kept.sha256);
    const words = pageTexts(stored).join('\n');
    expect(words).toContain('Signed electronically: Inspected and released');
    const { file_link_id } = kept;
    expect(refusalOf(station, admin, 'infrastructure.removeFile', { file_link_id })).toBe('file_of_record');
    // A form that fails and is signed again leaves a second print, the first is not made anew.
    station.clock.forward(60_000);
    const again = ask(station, qc, 'quality.correctForm', { log_id, reason: 'wrong width noted' }).log_id;
    sign(station, qc, again, QC);
    await expect.poll(() => files().length, { timeout: 90_000 }).toBe(3);
    expect(files().map(file => file.original_name.slice(0, 39))).toContain(
      'CLP.T2.001-1.V01_PO-1001_BUILD-001_1.2_',
    );
  },
);

import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import type { Reply } from '../../preload/contract/rpc.ts';
import { openBench, signInBench } from './bench-station.ts';
import { peakMb } from './harness.ts';

/** Exports every item and reads the workbook back as a dry run, in a process of its own. Prints one JSON line. */
const [folder = ''] = process.argv.slice(2);
const station = openBench(folder);
const session = signInBench(station);
const value = (reply: Reply): Record<string, string> => {
  if (!reply.ok) throw new Error(`${reply.error.code} ${JSON.stringify(reply.error.details)}`);
  return reply.value as Record<string, string>;
};
const ask = (path: string, input: unknown) => value(station.serve(session, path, input));
const job = async (path: string, input: unknown) => value(await station.runJob(session, path, input));

const { ticket: made = '' } = await job('reporting.exportCatalogue', { filter: { active: 'all' } });
const bytes = readFileSync(station.transfers.download(made)?.path ?? '');
const file_name = 'catalogue.xlsx';
const { ticket = '' } = ask('imports.prepareUpload', {
  kind: 'materials',
  file_name,
  size_bytes: bytes.length,
});
await station.transfers.receive(ticket, Readable.from([bytes]), file_name);
const { import_id } = ask('imports.begin', { kind: 'materials', ticket, file_name });
const { mapping } = await job('imports.inspect', { import_id });
const from = performance.now();
const checked = await job('imports.check', { import_id, mapping, edits: [] });
const took_ms = performance.now() - from;
const floorFrom = performance.now();
const { streamXlsxRows } = await import('hucre/xlsx');
let rows = 0;
for await (const _ of streamXlsxRows(bytes)) rows += 1;
process.stdout.write(
  `${JSON.stringify({
    took_ms,
    floor_ms: performance.now() - floorFrom,
    counts: checked.counts,
    rows,
    file_mb: bytes.length / 1024 / 1024,
    peak_mb: peakMb(),
  })}\n`,
);
await station.close();

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { proposeMapping, sheetTitles } from '../../../main/modules/imports/headings.rules.ts';
import { kindNamed } from '../../../main/modules/imports/kinds.ts';
import { type Edit, planTable } from '../../../main/modules/imports/plan.service.ts';
import { openTable } from '../../../main/modules/imports/table-file.service.ts';
import { type SubjectOf, writeSubject } from '../../../main/modules/reporting/excel.service.ts';
import type { ImportKindName } from '../../../preload/contract/imports.ts';
import { ask, askJob, type TestStation, temporaryFolder } from '../../support/station.ts';

/** The file goes the way a dropped one goes: ticket, bytes, begin, inspect. */
export async function dropped(
  station: TestStation,
  session: string,
  kind: ImportKindName,
  file: string,
): Promise<Awaited<ReturnType<typeof inspected>>> {
  const bytes = readFileSync(file);
  const file_name = path.basename(file);
  const { ticket } = ask(station, session, 'imports.prepareUpload', {
    kind,
    file_name,
    size_bytes: bytes.length,
  });
  await station.transfers.receive(ticket, Readable.from([bytes]), file_name);
  const { import_id } = ask(station, session, 'imports.begin', { kind, ticket, file_name });
  return inspected(station, session, import_id);
}
const inspected = (station: TestStation, session: string, import_id: never | string) =>
  askJob(station, session, 'imports.inspect', { import_id: import_id as never });
export type Inspected = Awaited<ReturnType<typeof inspected>>;

export const checked = (
  station: TestStation,
  session: string,
  { import_id, mapping }: Inspected,
  edits: { row: number; column: number; text: string }[] = [],
) => askJob(station, session, 'imports.check', { import_id, mapping, edits });

export function csvFile(lines: readonly string[], name = 'list.csv'): string {
  const file = path.join(temporaryFolder(), name);
  writeFileSync(file, lines.join('\r\n'));
  return file;
}
/** The name of the refusal of a job, or 'accepted'. */
export async function refusedBy(run: () => Promise<unknown>): Promise<string> {
  try {
    await run();
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

/** What the job does, in this thread. */
export const planned = (station: TestStation, name: ImportKindName, file: string, edits: Edit[] = []) =>
  station.readAsSystem(async ctx => {
    const kind = kindNamed(name);
    const table = await openTable(file, sheetTitles(kind.sheet));
    const mapping = proposeMapping(kind.sheet, kind.fields, table.headings, {});
    return planTable(ctx, kind, table, mapping, edits, () => undefined);
  });
/** The workbook of a subject, written in this thread. */
export const exported = async <Input>(
  station: TestStation,
  subject: SubjectOf<Input>,
  input: Input,
): Promise<string> => {
  const folder = temporaryFolder();
  const made = await station.readAsSystem(ctx =>
    writeSubject(
      ctx,
      subject,
      input,
      name => path.join(folder, name),
      () => undefined,
    ),
  );
  return made.path;
};

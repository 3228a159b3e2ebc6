import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { documentName, paper, type textLanguage } from '../../preload/contract/document-data.ts';
import type { Reply } from '../../preload/contract/rpc.ts';
import { idOf } from '../../preload/contract/rpc.ts';
import type { Station } from '../compose.ts';
import { applyImport, planImport } from '../modules/catalogue/import.service.ts';
import { readCatalogueFolder } from '../modules/catalogue/import-files.ts';
import { installOrganization } from '../modules/identity/installation.service.ts';
import { orderFile } from '../modules/orders/order-file.rules.ts';
import { createOrderFromFile, generateForExample } from '../modules/orders/order-file.service.ts';
import { workedExampleSettings } from '../modules/orders/worked-example.rules.ts';
import { checkRecord } from '../modules/printing/record-check.rules.ts';
import { olderFiles } from '../modules/tracking/older-files.ts';
import { importOlder } from '../modules/tracking/older-import.ts';
import { foldersOf, listBackups, restoreBackup } from '../platform/station-folder.ts';
import { withOlderDatabase } from '../replication/central/older-tracking.ts';
import { Refusal, refuse } from '../rpc/refusal.ts';
import { healthBeside } from './health-beside.ts';
import { Usage } from './usage.ts';

export interface Given {
  rest: string[];
  tell(message: string): void;
  'dry-run': boolean;
  catalog?: string | undefined;
  build?: string | undefined;
  order?: string | undefined;
  out?: string | undefined;
  language?: string | undefined;
  paper?: string | undefined;
}
type Outcome = { value: unknown; is_ok: boolean };
interface Named {
  words: string[];
  usage: string;
}
export type Command = Named &
  (
    | {
        kind: 'station' | 'throw-away-with-catalog';
        needs_pdf?: boolean;
        /** In its place while another process runs the station. */
        beside?(folder: string): Outcome;
        run(station: Station, given: Given): Promise<Outcome>;
      }
    /** Needs no station at all. */
    | { kind: 'file'; run(given: Given): Outcome }
    /** Works on the files of a station that is not running. */
    | { kind: 'folder'; run(folder: string, given: Given): Promise<unknown> }
  );

const fine = (value: unknown): Outcome => ({ value, is_ok: true });
function needed(value: string | undefined, usage: string): string {
  if (!value) throw new Usage(`usage: ${usage}`);
  return value;
}
/** A JSON file parsed against its shape; refuses a file that is missing, cut, or of another shape, naming the field. */
function readJsonFile<T>(file: string, shape: z.ZodType<T>): T {
  const parsed = shape.safeParse(parseJson(readText(file), file));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return refuse('input_file_shape_wrong', {
    file: path.basename(file),
    field: issue?.path.join('.') ?? '',
    reason: issue?.message ?? '',
  });
}
function readText(file: string, ignoreBOM = false): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM }).decode(readFileSync(file));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return refuse(code === 'ENOENT' ? 'input_file_missing' : 'input_file_not_text', {
      file: path.basename(file),
    });
  }
}
function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return refuse('input_file_not_json', {
      file: path.basename(file),
      reason: error instanceof Error ? error.message : '',
    });
  }
}
function valueOfReply(reply: Reply): unknown {
  if (reply.ok) return reply.value;
  throw new Refusal(reply.error.code, reply.error.details);
}
const ticketed = z.looseObject({ ticket: z.string() });
/** A job that makes a file: the file goes to `out`, the rest of the answer is printed. */
async function makeFile(station: Station, procedure: string, input: unknown, out: string): Promise<Outcome> {
  const made = ticketed.parse(valueOfReply(await station.callAsSystem(procedure, input)));
  const file = station.transfers.download(made.ticket) ?? refuse('ticket_unknown');
  copyFileSync(file.path, out);
  const { ticket: _, ...facts } = made;
  return fine({ ...facts, out });
}

const ORGANIZATION = {
  organization: { org_code: 'CLI', org_name: 'Command line' },
  plants: [
    { plant_code: 'CLI', plant_name: 'Command line', location: '', timezone: 'UTC', currency_code: 'USD' },
  ],
  departments: [],
  people: [],
};
const exampleFile = z.looseObject({
  metadata: z.unknown().optional(),
  examples: z.array(z.looseObject({ id: z.string(), config: z.unknown() })).max(10_000),
});
/** BOMs of example configurations; a broken rule is an answer, not a failure of the command. */
function generateBoms(station: Station, given: Given): unknown {
  const file = readJsonFile(needed(given.rest[0], 'bom generate FILE [--catalog DIR]'), exampleFile);
  if (given.catalog !== undefined) {
    const files = readCatalogueFolder(given.catalog);
    station.asSystem('cli.organization', ctx => installOrganization(ctx, ORGANIZATION));
    station.asSystem('cli.catalogue', ctx => applyImport(ctx, planImport(ctx, files)));
  }
  const settings = workedExampleSettings(file.metadata ?? {});
  return station.readAsSystem(ctx =>
    file.examples.map(example => generateForExample(ctx, example, settings)),
  );
}

const poPage = z.looseObject({
  builds: z.array(z.looseObject({ order_id: idOf('orders'), build_number: z.string() })),
});
/** `PO/BUILD` to the id of the build. */
async function buildNamed(station: Station, named: string): Promise<string> {
  const at = named.lastIndexOf('/');
  if (at <= 0) throw new Usage('--build wants PO/BUILD');
  const page = poPage.parse(
    valueOfReply(await station.callAsSystem('orders.getPo', { order_number: named.slice(0, at) })),
  );
  const build = page.builds.find(b => b.build_number === named.slice(at + 1));
  return build?.order_id ?? refuse('build_unknown', { build: named });
}

const LANGUAGES: Record<string, z.output<typeof textLanguage>> = { EN: 'en', FR: 'fr', SP: 'es', ES: 'es' };
async function printToFile(station: Station, given: Given): Promise<Outcome> {
  const document = documentName.safeParse(given.rest[0]);
  if (!document.success) throw new Usage(`documents: ${documentName.options.join(', ')}`);
  const out = needed(given.out, 'print DOCUMENT --build PO/BUILD --out FILE.pdf');
  const language = given.language === undefined ? undefined : LANGUAGES[given.language.toUpperCase()];
  if (given.language !== undefined && !language) throw new Usage('--language wants EN, FR or SP');
  const size = given.paper === undefined ? undefined : paper.safeParse(given.paper.toUpperCase());
  if (size && !size.success) throw new Usage('--paper wants LETTER or A4');
  const params = given.build
    ? { order_id: await buildNamed(station, given.build) }
    : { order_number: needed(given.order, 'print DOCUMENT (--build PO/BUILD | --order PO) --out FILE.pdf') };
  const input = {
    document: document.data,
    params,
    ...(language && { language }),
    ...(size && { paper: size.data }),
  };
  return makeFile(station, 'printing.renderPdf', input, out);
}

const RECORD_USAGE = 'record PO/BUILD --out FILE.pdf|FILE.json [--language EN|FR|SP] [--paper LETTER|A4]';
/** The device history record of a build: for reading, or as data that can be verified. */
async function recordToFile(station: Station, given: Given): Promise<Outcome> {
  const build = needed(given.rest[0], RECORD_USAGE);
  const out = needed(given.out, RECORD_USAGE);
  switch (path.extname(out).toLowerCase()) {
    case '.pdf':
      return printToFile(station, { ...given, rest: ['device_history_record'], build });
    case '.json': {
      const order_id = await buildNamed(station, build);
      return makeFile(station, 'printing.historyRecord', { order_id }, out);
    }
    default:
      throw new Usage(`usage: ${RECORD_USAGE}`);
  }
}
function verifyRecord(given: Given): Outcome {
  // A mark put before the text is a changed byte, too.
  const report = checkRecord(readText(needed(given.rest[0], 'record verify FILE.json'), true));
  const [first] = report.faults;
  if (first) given.tell(`changed: ${first.where} (${first.kind})`);
  return { value: report, is_ok: report.is_whole };
}

async function excelToFile(station: Station, given: Given): Promise<Outcome> {
  const usage = 'excel orders|catalogue|bom [--build PO/BUILD] --out FILE.xlsx';
  const out = needed(given.out, usage);
  switch (given.rest[0]) {
    case 'orders':
      return makeFile(station, 'reporting.exportOrders', {}, out);
    case 'catalogue':
      return makeFile(station, 'reporting.exportCatalogue', {}, out);
    case 'bom': {
      const order_id = await buildNamed(station, needed(given.build, usage));
      const { versions } = z
        .looseObject({ versions: z.array(z.looseObject({ bom_id: z.string(), bom_version: z.int() })) })
        .parse(valueOfReply(await station.callAsSystem('bom.versions', { order_id })));
      const newest =
        versions.sort((a, b) => b.bom_version - a.bom_version)[0] ??
        refuse('bom_missing', { build: given.build });
      return makeFile(station, 'reporting.exportBom', { bom_id: newest.bom_id }, out);
    }
    default:
      throw new Usage(`usage: ${usage}`);
  }
}

export const commands: Command[] = [
  {
    words: ['catalog', 'import'],
    usage: 'catalog import DIR [--dry-run]',
    kind: 'station',
    async run(station, given) {
      const folder = needed(given.rest[0], 'catalog import DIR [--dry-run]');
      const files = readCatalogueFolder(folder);
      const value = valueOfReply(
        await station.callAsSystem('catalogue.importCatalogue', { files, dry_run: given['dry-run'] }),
      );
      const { errors } = z.looseObject({ errors: z.int() }).parse(value);
      return { value, is_ok: errors === 0 };
    },
  },
  {
    words: ['bom', 'generate'],
    usage: 'bom generate FILE [--catalog DIR]',
    kind: 'throw-away-with-catalog',
    run: async (station, given) => fine(generateBoms(station, given)),
  },
  {
    words: ['order', 'create'],
    usage: 'order create FILE',
    kind: 'station',
    async run(station, given) {
      const file = readJsonFile(needed(given.rest[0], 'order create FILE'), orderFile);
      return fine(station.asSystem('cli.order_create', ctx => createOrderFromFile(ctx, file)));
    },
  },
  {
    words: ['order', 'show'],
    usage: 'order show PO',
    kind: 'station',
    async run(station, given) {
      const order_number = needed(given.rest[0], 'order show PO');
      return fine(valueOfReply(await station.callAsSystem('orders.getPo', { order_number })));
    },
  },
  {
    words: ['doctor'],
    usage: 'doctor',
    kind: 'station',
    async run(station) {
      const report = z
        .looseObject({ warnings: z.array(z.string()) })
        .parse(valueOfReply(await station.callAsSystem('infrastructure.doctor', {})));
      const audit = z
        .looseObject({ faults: z.array(z.unknown()) })
        .parse(valueOfReply(await station.callAsSystem('infrastructure.verifyAudit', {})));
      const isBroken = report.warnings.some(w => w === 'database_damaged' || w === 'foreign_keys_broken');
      return { value: { ...report, audit }, is_ok: !isBroken && audit.faults.length === 0 };
    },
  },
  {
    words: ['tracking', 'import'],
    usage: 'tracking import FOLDER | postgres://… [--dry-run]',
    kind: 'station',
    async run(station, given) {
      const from = needed(given.rest[0], 'tracking import FOLDER | postgres://… [--dry-run]');
      const options = {
        is_dry_run: given['dry-run'],
        told: (movements: number) => given.tell(`${movements} movements read`),
      };
      const value = /^postgres(ql)?:/.test(from)
        ? await withOlderDatabase(from, source => importOlder(station, source, options))
        : await importOlder(station, olderFiles(from), options);
      return { value, is_ok: value.is_dry_run || value.is_equal };
    },
  },
  {
    words: ['health'],
    usage: 'health',
    kind: 'station',
    beside(folder) {
      const value = healthBeside(folder);
      return { value, is_ok: value.is_ready };
    },
    async run(station) {
      const value = z
        .looseObject({ is_ready: z.boolean() })
        .parse(valueOfReply(await station.callAsSystem('infrastructure.health', {})));
      return { value: { is_running: false, ...value }, is_ok: value.is_ready };
    },
  },
  {
    words: ['print'],
    usage:
      'print DOCUMENT (--build PO/BUILD | --order PO) --out FILE.pdf [--language EN|FR|SP] [--paper LETTER|A4]',
    kind: 'station',
    needs_pdf: true,
    run: (station, given) => printToFile(station, given),
  },
  {
    words: ['record', 'verify'],
    usage: 'record verify FILE.json',
    kind: 'file',
    run: verifyRecord,
  },
  {
    words: ['record'],
    usage: RECORD_USAGE,
    kind: 'station',
    needs_pdf: true,
    run: recordToFile,
  },
  {
    words: ['excel'],
    usage: 'excel orders|catalogue|bom [--build PO/BUILD] --out FILE.xlsx',
    kind: 'station',
    run: (station, given) => excelToFile(station, given),
  },
  {
    words: ['backup', 'list'],
    usage: 'backup list',
    kind: 'folder',
    run: async folder => ({ backups: listBackups(foldersOf(folder)) }),
  },
  {
    words: ['backup', 'make'],
    usage: 'backup make',
    kind: 'station',
    run: async station => fine(valueOfReply(await station.callAsSystem('infrastructure.makeBackup', {}))),
  },
  {
    words: ['backup', 'restore'],
    usage: 'backup restore FILE',
    kind: 'folder',
    run: async (folder, given) =>
      restoreBackup(folder, path.resolve(needed(given.rest[0], 'backup restore FILE'))),
  },
];

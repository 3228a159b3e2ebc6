import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Id } from '../../db/kit/columns.ts';
import { fillEmptyStation } from '../../main/browser/first-start.ts';
import { startServer } from '../../main/browser/server.ts';
import { compose, type Station } from '../../main/compose.ts';
import { fillForm } from '../../main/demo-forms.ts';
import { orderFileList } from '../../main/modules/orders/order-file.rules.ts';
import { listInstruments } from '../../main/modules/quality/instruments.service.ts';
import { silentLog } from '../../main/platform/log.ts';
import { findChromiumEngine } from '../../main/printing/chromium-engine.ts';
import { PEOPLE } from '../e2e/fixtures.ts';
import { labelPrinter } from '../e2e/label-printer.ts';

/** A Friday morning in the plant's zone, so that work of the week is done and the day has begun. */
const START_MS = Date.UTC(2026, 10, 20, 15, 30);
const ADMIN_PASSWORD = 'Guide-Pictures-26';
/** Stands in the picture of the printers. */
const PRINTER_PORT = 9100;
const FIRST_OF = 'select id from orders where order_number = ? order by build_number limit 1';

export type Records = Record<string, string>;
export interface GuidePlant {
  station: Station;
  now_ms(): number;
  /** The next picture is taken a little later, so that nothing counts as done twice at once. */
  later(): void;
  address(): string;
  records: Records;
  /** As a person leaves the form who looked at everything: only the signature is missing. */
  answerForm(): void;
  /** What the label printer took, in its order. */
  printed: string[];
  close(): Promise<void>;
}

/** The demo plant on one fixed day, with what the pictures of the guides need beside it. */
export async function openGuidePlant(data_folder: string): Promise<GuidePlant> {
  let now_ms = START_MS;
  const clock = { now_ms: () => now_ms };
  const pdf = findChromiumEngine();
  const station = compose({ data_folder, clock, pdf, keeps_prints: true, log: silentLog });
  await fillEmptyStation(station);
  const printer = await labelPrinter(PRINTER_PORT);
  const records = prepare(station);
  const server = await startServer(station, path.join(station.program.dist, 'renderer'));
  return {
    station,
    now_ms: () => now_ms,
    later: () => {
      now_ms += 60_000;
    },
    address: () => server.issueUrl(),
    records,
    answerForm: () => answerForm(station, now_ms),
    printed: printer.received,
    async close() {
      printer.server.close();
      await server.close();
      await station.close();
    },
  };
}

type Call = (procedure: string, input: object) => unknown;
const given = (value: unknown, name: string): string =>
  z.string().parse(z.record(z.string(), z.unknown()).parse(value)[name]);

function prepare(station: Station): Records {
  const callAs =
    (session: string | null): Call =>
    (procedure, input) => {
      const reply = station.serve(session, procedure, input);
      if (!reply.ok) throw new Error(`${procedure}: ${JSON.stringify(reply.error)}`);
      return reply.value;
    };
  const as = ({ username, password }: { username: string; password: string }): Call =>
    callAs(given(callAs(null)('identity.signIn', { username, password }), 'session'));
  const found = (sql: string, ...values: string[]): string =>
    station.readAsSystem(ctx => ctx.sql.get<{ id: string }>(sql, values))?.id ??
    missing(`nothing found: ${sql}`);
  const build = (order_number: string): string => found(FIRST_OF, order_number);

  as(PEOPLE.admin)('identity.changePassword', {
    current_password: PEOPLE.admin.password,
    new_password: ADMIN_PASSWORD,
  });
  putPrinters(as(PEOPLE.manager));
  fillCart(as(PEOPLE.service));
  const pre_qc = { order_id: build('PO-260095'), plan_type: 'PRE_QC' };
  return {
    order: build('PO-260105'),
    review: build('PO-260103'),
    working: build('PO-260093'),
    inspected: build('PO-260095'),
    shipped: build('PO-260088'),
    ready: found("select id from orders where order_status = 'READY_FOR_SHIP' limit 1"),
    draft: beginOrder(as(PEOPLE.coordinator), station.program.resources),
    form: given(as(PEOPLE.inspector)('quality.openForm', pre_qc), 'log_id'),
    template: found("select id from label_templates where label_type = 'BUILD_FRONT'"),
  };
}
function missing(text: string): never {
  throw new Error(text);
}

function putPrinters(call: Call): void {
  const common = { printer_kind: 'TCP', host: '127.0.0.1', density_dpi: 203, is_active: true };
  const put = (printer_name: string, port: number, media_height_mm: number) =>
    given(
      call('logistics.savePrinter', {
        ...common,
        printer_name,
        port,
        media_width_mm: 101.6,
        media_height_mm,
      }),
      'printer_id',
    );
  const route = (prints: string, printer_id: string, is_verified = false) =>
    call('logistics.saveRoute', {
      prints,
      printer_id,
      fallback_printer_id: null,
      template_code: null,
      copies: 1,
      is_verified,
    });
  const assembly = put('Zebra assembly', PRINTER_PORT, 50.8);
  route('BUILD_FRONT', assembly, true);
  route('BUILD_BACK', assembly);
  route('SERIAL', assembly);
  route('SHIPPING', put('Zebra packing', PRINTER_PORT, 152.4));
  // Nobody listens there: what goes to it waits.
  route('KIT_BAG', put('Zebra store', 9, 50.8));
}
function fillCart(call: Call): void {
  const catalogue = z.object({ items: z.array(z.object({ material_id: z.string() })) });
  const { items } = catalogue.parse(call('orders.serviceCatalogue', {}));
  const lines = items
    .slice(0, 3)
    .map(({ material_id }, at) => ({ material_id, quantity_e6: (at + 1) * 1_000_000 }));
  call('orders.addToCart', { lines });
}
/** A new order that stands at its configuration. */
function beginOrder(call: Call, resources: string): string {
  const file = path.join(resources, 'demo-plant/orders.json');
  const samples = orderFileList.parse(JSON.parse(readFileSync(file, 'utf8')));
  const header = {
    order_number: 'PO-260120',
    customer_name: 'Harbour View Hospital',
    sales_person: 'Peter Aldous',
    want_on: '2027-01-29',
  };
  const builds = samples.find(({ order_number }) => order_number === 'PO-260105')?.builds;
  const draft = { step: 3, family: 'MDRD', header, builds };
  return given(call('orders.saveDraft', { draft }), 'draft_id');
}

function answerForm(station: Station, at_ms: number): void {
  const { username } = PEOPLE.inspector;
  station.asPerson({ username, at_ms }, 'quality.saveAnswer', ctx => {
    const [build] = ctx.sql.all<{ id: Id<'orders'> }>(FIRST_OF, ['PO-260095']);
    const [instrument] = listInstruments(ctx).instruments;
    if (!build || !instrument) throw new Error('the demo plant has no such build or no instrument');
    fillForm(ctx, build.id, 'PRE_QC', instrument.instrument_id);
  });
}
/** Who signs in for the pictures: the administrator has chosen the password already. */
export const signInOf = (who: keyof typeof PEOPLE): { username: string; password: string } =>
  who === 'admin' ? { username: PEOPLE.admin.username, password: ADMIN_PASSWORD } : PEOPLE[who];

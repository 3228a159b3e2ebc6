import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
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
  const printed: string[] = [];
  const printer = await labelPrinter(printed);
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
    printed,
    async close() {
      printer.close();
      await server.close();
      await station.close();
    },
  };
}

/** Takes what is sent and closes, as a label printer does. */
async function labelPrinter(printed: string[]): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, socket => {
    let text = '';
    socket.on('error', () => undefined);
    socket.on('data', data => {
      text += data.toString();
    });
    socket.on('end', () => {
      printed.push(text);
      socket.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(PRINTER_PORT, '127.0.0.1', resolve);
  });
  return server;
}

function prepare(station: Station): Records {
  const call = (session: string | null, procedure: string, input: object): Record<string, string> => {
    const reply = station.serve(session, procedure, input);
    if (!reply.ok) throw new Error(`${procedure}: ${JSON.stringify(reply.error)}`);
    return reply.value as Record<string, string>;
  };
  const signedIn = ({ username, password }: { username: string; password: string }): string =>
    call(null, 'identity.signIn', { username, password }).session ?? '';
  const found = (sql: string): string =>
    station.readAsSystem(ctx => {
      const row = ctx.sql.get<{ id: string }>(sql);
      if (!row) throw new Error(`nothing found: ${sql}`);
      return row.id;
    });
  const build = (order_number: string): string =>
    found(`select id from orders where order_number = '${order_number}' order by build_number limit 1`);

  call(signedIn(PEOPLE.admin), 'identity.changePassword', {
    current_password: PEOPLE.admin.password,
    new_password: ADMIN_PASSWORD,
  });
  const manager = signedIn(PEOPLE.manager);
  const printers = [
    { printer_name: 'Zebra assembly', port: PRINTER_PORT, media_width_mm: 101.6, media_height_mm: 50.8 },
    { printer_name: 'Zebra packing', port: PRINTER_PORT, media_width_mm: 101.6, media_height_mm: 152.4 },
    // Nobody listens there: what goes to it waits.
    { printer_name: 'Zebra store', port: 9, media_width_mm: 101.6, media_height_mm: 50.8 },
  ].map(printer =>
    call(manager, 'logistics.savePrinter', {
      printer_kind: 'TCP',
      host: '127.0.0.1',
      density_dpi: 203,
      is_active: true,
      ...printer,
    }),
  );
  const [assembly, packing, store] = printers.map(({ printer_id }) => printer_id);
  const route = (prints: string, printer_id: string | undefined, is_verified = false) =>
    call(manager, 'logistics.saveRoute', {
      prints,
      printer_id,
      fallback_printer_id: null,
      template_code: null,
      copies: 1,
      is_verified,
    });
  route('BUILD_FRONT', assembly, true);
  route('BUILD_BACK', assembly);
  route('SERIAL', assembly);
  route('KIT_BAG', store);
  route('SHIPPING', packing);

  const service = signedIn(PEOPLE.service);
  const { items = [] } = call(service, 'orders.serviceCatalogue', {}) as unknown as {
    items?: { material_id: string }[];
  };
  const lines = items
    .slice(0, 3)
    .map(({ material_id }, at) => ({ material_id, quantity_e6: (at + 1) * 1_000_000 }));
  call(service, 'orders.addToCart', { lines });

  const file = path.join(station.program.resources, 'demo-plant/orders.json');
  const sample = orderFileList
    .parse(JSON.parse(readFileSync(file, 'utf8')))
    .find(one => one.order_number === 'PO-260105');
  const draft = call(signedIn(PEOPLE.coordinator), 'orders.saveDraft', {
    draft: {
      step: 3,
      family: 'MDRD',
      header: {
        order_number: 'PO-260120',
        customer_name: 'Harbour View Hospital',
        sales_person: 'Peter Aldous',
        want_on: '2027-01-29',
      },
      builds: sample?.builds,
    },
  });

  const form = call(signedIn(PEOPLE.inspector), 'quality.openForm', {
    order_id: build('PO-260095'),
    plan_type: 'PRE_QC',
  });
  return {
    order: build('PO-260105'),
    review: build('PO-260103'),
    working: build('PO-260093'),
    inspected: build('PO-260095'),
    shipped: build('PO-260088'),
    ready: found("select id from orders where order_status = 'READY_FOR_SHIP' limit 1"),
    draft: draft.draft_id ?? '',
    form: form.log_id ?? '',
    template: found("select id from label_templates where label_type = 'BUILD_FRONT'"),
  };
}

/** As a person leaves the form who looked at everything: only the signature is missing. */
export function answerForm({ station, now_ms }: GuidePlant): void {
  const { username } = PEOPLE.inspector;
  station.asPerson({ username, at_ms: now_ms() }, 'quality.saveAnswer', ctx => {
    const [build] = ctx.sql.all<{ id: Id<'orders'> }>(FIRST_OF, ['PO-260095']);
    const [instrument] = listInstruments(ctx).instruments;
    if (!build || !instrument) throw new Error('the demo plant has no such build or no instrument');
    fillForm(ctx, build.id, 'PRE_QC', instrument.instrument_id);
  });
}
/** Who signs in for the pictures: the administrator has chosen the password already. */
export const signInOf = (who: keyof typeof PEOPLE): { username: string; password: string } =>
  who === 'admin' ? { username: PEOPLE.admin.username, password: ADMIN_PASSWORD } : PEOPLE[who];

import { existsSync, readdirSync } from 'node:fs';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { Id } from '../../../db/kit/columns.ts';
import { plants } from '../../../db/schema/identity.ts';
import { order_comments, orders } from '../../../db/schema/orders.ts';
import { keepFile } from '../../../main/modules/infrastructure/files.service.ts';
import { foldersOf } from '../../../main/platform/station-folder.ts';
import type { CommandCtx } from '../../../main/rpc/context.ts';
import type { FileCarrier } from '../../../preload/contract/infrastructure.ts';
import { ask, refusalOf, type TestStation, testStation } from '../../support/station.ts';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const EXE = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(60), Buffer.from('PE\0\0'), Buffer.alloc(200)]);
const DXF = Buffer.from('  0\nSECTION\n  2\nHEADER\n  0\nENDSEC\n  0\nEOF\n');
const DWG = Buffer.concat([Buffer.from('AC1032'), Buffer.alloc(300)]);

const PAPER = {
  original_name: 'a.pdf',
  file_size_bytes: 10,
  mime_type: 'application/pdf',
  file_extension: 'pdf',
  sha256: 'a'.repeat(64),
};
/** A station with a build in its only plant. */
function fileStation(roles?: string[]) {
  const station = testStation(roles && { roles });
  const entity_id = station.asSystem('test.build', ctx => buildIn(ctx, ctx.actor.plant_id));
  return { ...station, build: { entity_type: 'orders' as const, entity_id } };
}
type FileStation = ReturnType<typeof fileStation>;
const buildIn = (ctx: CommandCtx, plant_id: Id<'plants'>, order_number = 'PO-1'): Id<'orders'> =>
  ctx.insert(orders, {
    plant_id,
    order_kind: 'CUSTOMER_BUILD',
    order_number,
    build_number: 'BUILD-001',
    customer_name: 'Lakeshore',
    order_status: 'ORDER_CREATED',
    configuration: {},
  }).id;

async function send(station: TestStation, session: string, name: string, bytes: Buffer): Promise<string> {
  const { ticket } = ask(station, session, 'infrastructure.prepareUpload', {
    original_name: name,
    size_bytes: bytes.length,
  });
  await station.transfers.receive(ticket, Readable.from([bytes]), name);
  return ticket;
}
const attach = ({ build }: FileStation, ticket: string, original_name: string) => ({
  ticket,
  original_name,
  links: [{ ...build, link_role: 'TECHNICAL_DRAWING' as const }],
});
async function upload(station: FileStation, session: string, name: string, bytes: Buffer) {
  return ask(
    station,
    session,
    'infrastructure.registerFile',
    attach(station, await send(station, session, name, bytes), name),
  );
}
async function refused(station: FileStation, session: string, name: string, bytes: Buffer): Promise<string> {
  return refusalOf(
    station,
    session,
    'infrastructure.registerFile',
    attach(station, await send(station, session, name, bytes), name),
  );
}

test('a file is attached, listed, opened under a ticket and taken off again; the bytes stay', async () => {
  const station = fileStation();
  const planner = station.session('PLANNER');
  const file = await upload(station, planner, 'C:\\drawings\\basin.pdf', PDF);
  const [row] = ask(station, planner, 'infrastructure.listFiles', station.build);
  expect(row).toMatchObject({
    original_name: 'basin.pdf',
    mime_type: 'application/pdf',
    is_previewable: true,
    may_remove: true,
    uploaded_by: 'User PLANNER',
  });
  const opened = ask(station, planner, 'infrastructure.openFile', { file_upload_id: file.file_upload_id });
  const download = station.transfers.download(opened.ticket);
  expect(download).toMatchObject({ name: 'basin.pdf', mime_type: 'application/pdf' });
  ask(station, planner, 'infrastructure.removeFile', { file_link_id: row?.file_link_id ?? '' });
  expect(ask(station, planner, 'infrastructure.listFiles', station.build)).toEqual([]);
  expect(
    refusalOf(station, planner, 'infrastructure.openFile', { file_upload_id: file.file_upload_id }),
  ).toBe('file_not_found');
  expect(existsSync(download?.path ?? '')).toBe(true);
});

test('the content decides: a program called .pdf is refused by what it is', async () => {
  const station = fileStation();
  const planner = station.session('PLANNER');
  const ticket = await send(station, planner, 'order.pdf', EXE);
  const reply = station.serve(planner, 'infrastructure.registerFile', attach(station, ticket, 'order.pdf'));
  expect(reply).toMatchObject({
    ok: false,
    error: { code: 'file_type_not_allowed', details: { name: 'order.pdf', found: 'exe' } },
  });
  expect(ask(station, planner, 'infrastructure.listFiles', station.build)).toEqual([]);
});

test('a picture called .txt is a picture; drawings and text are told apart', async () => {
  const station = fileStation();
  const planner = station.session('PLANNER');
  const found = async (name: string, bytes: Buffer) =>
    (await upload(station, planner, name, bytes)).file_extension;
  expect(await found('photo.txt', PNG)).toBe('png');
  expect(await found('plan.dwg', DWG)).toBe('dwg');
  expect(await found('plan.dxf', DXF)).toBe('dxf');
  expect(await found('note.pdf', Buffer.from('just a note é'))).toBe('txt');
  expect(await refused(station, planner, 'noise.txt', Buffer.from([0, 1, 2, 3, 250, 251, 252, 0, 7]))).toBe(
    'file_type_not_allowed',
  );
  expect(
    await refused(
      station,
      planner,
      'page.html',
      Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
    ),
  ).toBe('file_type_not_allowed');
});

test('a file over the limit is refused before and while it is sent', async () => {
  const station = fileStation();
  const planner = station.session('PLANNER');
  ask(station, station.session('ORG_ADMIN'), 'infrastructure.saveSetting', { key: 'upload.maxMb', value: 1 });
  const mb = 1024 * 1024;
  expect(
    refusalOf(station, planner, 'infrastructure.prepareUpload', {
      original_name: 'a.pdf',
      size_bytes: mb + 1,
    }),
  ).toBe('file_too_large');
  expect(
    refusalOf(station, planner, 'infrastructure.prepareUpload', { original_name: 'a.pdf', size_bytes: 0 }),
  ).toBe('file_empty');
  const { ticket } = ask(station, planner, 'infrastructure.prepareUpload', {
    original_name: 'a.pdf',
    size_bytes: 10,
  });
  const liar = Buffer.concat([PDF, Buffer.alloc(mb)]);
  await expect(station.transfers.receive(ticket, Readable.from([liar]), 'a.pdf')).rejects.toMatchObject({
    code: 'file_too_large',
  });
  expect(refusalOf(station, planner, 'infrastructure.registerFile', attach(station, ticket, 'a.pdf'))).toBe(
    'ticket_unknown',
  );
  expect(readdirSync(foldersOf(station.folders.root).work).filter(f => f.startsWith('upload-'))).toEqual([]);
});

test('equal content is stored once, attached twice to the same record only in another role', async () => {
  const station = fileStation();
  const planner = station.session('PLANNER');
  const first = await upload(station, planner, 'a.pdf', PDF);
  expect(await refused(station, planner, 'copy of a.pdf', PDF)).toBe('file_already_attached');
  const ticket = await send(station, planner, 'again.pdf', PDF);
  const second = ask(station, planner, 'infrastructure.registerFile', {
    ticket,
    original_name: 'again.pdf',
    links: [{ ...station.build, link_role: 'CERTIFICATE' }],
  });
  expect(second.sha256).toBe(first.sha256);
  expect(
    readdirSync(station.folders.files, { recursive: true, withFileTypes: true }).filter(e => e.isFile()),
  ).toHaveLength(1);
});

test('a ticket is good for one registration, and nobody else can guess one', async () => {
  const station = fileStation();
  const planner = station.session('PLANNER');
  const ticket = await send(station, planner, 'a.pdf', PDF);
  ask(station, planner, 'infrastructure.registerFile', attach(station, ticket, 'a.pdf'));
  expect(refusalOf(station, planner, 'infrastructure.registerFile', attach(station, ticket, 'a.pdf'))).toBe(
    'ticket_unknown',
  );
  expect(
    refusalOf(station, planner, 'infrastructure.registerFile', attach(station, 'made-up', 'a.pdf')),
  ).toBe('ticket_unknown');
});

test('other people’s files are removed by administrators only, and viewers do not upload', async () => {
  const station = fileStation();
  await upload(station, station.session('PLANNER'), 'a.pdf', PDF);
  const procurement = station.session('PROCUREMENT');
  const [row] = ask(station, procurement, 'infrastructure.listFiles', station.build);
  expect(row?.may_remove).toBe(false);
  expect(
    refusalOf(station, procurement, 'infrastructure.removeFile', { file_link_id: row?.file_link_id }),
  ).toBe('file_not_yours');
  expect(
    refusalOf(station, station.session('VIEWER'), 'infrastructure.prepareUpload', {
      original_name: 'a.pdf',
      size_bytes: 1,
    }),
  ).toBe('not_allowed');
  expect(
    refusalOf(station, station.session('ORG_ADMIN'), 'infrastructure.removeFile', {
      file_link_id: row?.file_link_id,
    }),
  ).toBe('accepted');
});

test('files of another plant, of an internal comment and of a draft of somebody else stay closed', () => {
  const station = fileStation(['PLANNER', 'PLANT_MANAGER']);
  const manager = station.session('PLANT_MANAGER');
  const { draft_id } = ask(station, station.session('PLANNER'), 'orders.saveDraft', { draft: {} });
  const { far, internal } = station.asSystem('test.places', ctx => {
    const plant = ctx.insert(plants, { plant_code: 'PAR', plant_name: 'Paris', timezone: 'Europe/Paris' });
    const comment = ctx.insert(order_comments, {
      order_id: station.build.entity_id,
      author_id: ctx.actor.user_id,
      written_at_ms: ctx.now_ms,
      content: 'Margin is thin',
      is_internal: true,
      mentions: [],
    });
    return { far: buildIn(ctx, plant.id, 'PO-2'), internal: comment.id };
  });
  const opened = (entity_type: FileCarrier, entity_id: string) => {
    const at = { entity_type, entity_id };
    const file_upload_id = station.asSystem('test.file', ctx => {
      keepFile(ctx, PAPER, [{ ...at, link_role: 'OTHER' }]);
      return ctx.sql.get<{ id: string }>('select id from file_uploads order by id desc limit 1')?.id;
    });
    const listed = ask(station, manager, 'infrastructure.listFiles', at).length;
    return [listed, refusalOf(station, manager, 'infrastructure.openFile', { file_upload_id })];
  };
  expect(opened('orders', station.build.entity_id)).toEqual([1, 'file_missing']);
  expect(opened('orders', far)).toEqual([0, 'file_not_found']);
  expect(opened('order_comments', internal)).toEqual([0, 'file_not_found']);
  expect(opened('order_drafts', draft_id)).toEqual([0, 'file_not_found']);
});

test('a file goes to records that carry files and are there, not to a signed form past its print', async () => {
  const station = fileStation();
  const planner = station.session('PLANNER');
  const attaching = async (entity_type: string, entity_id: string) => {
    const ticket = await send(station, planner, 'a.pdf', PDF);
    const links = [{ entity_type, entity_id, link_role: 'QC_FORM' }];
    return refusalOf(station, planner, 'infrastructure.registerFile', {
      ticket,
      original_name: 'a.pdf',
      links,
    });
  };
  expect(await attaching('inspection_logs', station.build.entity_id)).toBe('invalid_input');
  expect(await attaching('orders', 'made-up')).toBe('row_not_found');
  expect(await attaching('organization_branding', 'logo')).toBe('not_allowed');
});

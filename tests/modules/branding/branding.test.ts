import { Readable } from 'node:stream';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Branding } from '../../../preload/contract/branding.ts';
import { ask, refusalOf, type TestStation, testStation } from '../../support/station.ts';
import { submittedBuild } from '../orders/order-support.ts';

/** A grey PNG of this size; libraries read its head. */
function png(width: number, height: number): Buffer {
  const chunk = (name: string, content: Buffer) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(content.length, 0);
    head.write(name, 4, 'latin1');
    return Buffer.concat([head, content, Buffer.alloc(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc((width + 1) * height));
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
async function stored(station: TestStation, session: string, bytes: Buffer, original_name = 'logo.png') {
  const { ticket } = ask(station, session, 'infrastructure.prepareUpload', {
    original_name,
    size_bytes: bytes.length,
  });
  await station.transfers.receive(ticket, Readable.from([bytes]), original_name);
  return ask(station, session, 'infrastructure.registerFile', {
    ticket,
    original_name,
    links: [{ entity_type: 'organization_branding', entity_id: ticket, link_role: 'OTHER' }],
  }).file_upload_id;
}
const brand = (given: Branding, more: Partial<Branding>) => ({ ...given, ...more });

test('colours are #RRGGBB, logos not longer than 1:4, and a stale copy overwrites nothing', async () => {
  const station = testStation();
  const admin = station.session('ORG_ADMIN');
  const given = ask(station, admin, 'branding.get', {});
  const saving = (more: Partial<Branding>) => refusalOf(station, admin, 'branding.save', brand(given, more));
  const scheme = given.color_scheme;
  expect(saving({ color_scheme: { ...scheme, accent: '#FF573' } })).toBe('invalid_input');
  expect(saving({ logo_file_id: await stored(station, admin, png(100, 500)) })).toBe('logo_too_narrow');
  expect(saving({ logo_file_id: await stored(station, admin, Buffer.from('a,b\n1,2'), 'list.csv') })).toBe(
    'logo_not_a_picture',
  );
  const logo_file_id = await stored(station, admin, png(400, 100));
  expect(saving({ logo_file_id, color_scheme: { ...scheme, accent: '#FF5733' } })).toBe('accepted');
  expect(saving({ display_name: 'Other' })).toBe('row_changed');
  expect(refusalOf(station, station.session('PLANNER'), 'branding.save', given)).toBe('not_allowed');
});

test('what was chosen stands on the printed frame, and a new form version on the next print', async () => {
  const { station, planner, admin, order_id } = submittedBuild();
  const preview = () =>
    ask(station, planner, 'printing.preview', { document: 'bom_tree', params: { order_id } });
  expect(preview().content.data.frame.brand).toBeUndefined();
  const given = ask(station, admin, 'branding.get', {});
  ask(
    station,
    admin,
    'branding.save',
    brand(given, {
      display_name: 'Northern Sinks',
      address_line1: '12 Mill Road',
      city: 'Oakville',
      state_province: 'ON',
      postal_code: 'L6H 1A1',
      document_footer: { en: 'Confidential', fr: '', es: '' },
      logo_file_id: await stored(station, admin, png(300, 100)),
    }),
  );
  expect(preview().content.data.frame.brand).toMatchObject({
    house: 'Northern Sinks',
    address: ['12 Mill Road', 'Oakville, ON, L6H 1A1'],
    footer: { en: 'Confidential', fr: '', es: '' },
    logo: expect.stringMatching(/^data:image\/png;base64,/),
  });
  const form = {
    document: 'bom_tree' as const,
    form_number: 'CLQ.T2.001',
    form_version: 'V02',
    change_note: 'Aligned',
  };
  ask(station, admin, 'branding.registerForm', form);
  expect(refusalOf(station, admin, 'branding.registerForm', form)).toBe('already_exists');
  expect(preview()).toMatchObject({ form_id: 'CLQ.T2.001', form_version: 'V02' });
  const { forms, history } = ask(station, admin, 'branding.forms', {});
  expect(forms.find(f => f.document === 'bom_tree')).toMatchObject({
    form_number: 'CLQ.T2.001',
    changed_by_name: 'User ORG_ADMIN',
    valid_from_at_ms: station.clock.now_ms(),
  });
  expect(history).toEqual([]);
});

import { expect, test } from 'vitest';
import type { Id } from '../../../db/kit/columns.ts';
import { materials } from '../../../db/schema/catalogue.ts';
import { ask, refusalOf, signIn } from '../../support/station.ts';
import { inboxOf, itemOfTwoPlants, joinedPair } from '../faults/support.ts';
import { differences, untilQuiet } from './support.ts';

test('organization and plant are renamed and a plant is closed while a station works for it: the work counts, the names arrive, and nobody goes there any more', {
  timeout: 60_000,
}, async () => {
  const pair = await joinedPair();
  const { one, two } = pair;
  const [, milton] = itemOfTwoPlants(one);
  await untilQuiet([one, two]);
  const there = signIn(two.station, 'org_admin');
  ask(two.station, there, 'identity.switchPlant', { plant_id: milton.plant_id });
  const here = signIn(one.station, 'org_admin');
  const { org_name: _, ...held } = ask(one.station, here, 'identity.getOrganization', {});
  ask(one.station, here, 'identity.saveOrganization', { ...held, org_name: 'Acme Holding' });
  const [plant] = ask(one.station, here, 'identity.listPlants', {}).filter(
    p => p.plant_id === milton.plant_id,
  );
  if (!plant) throw new Error('no second plant');
  const { users: __, ...fields } = plant;
  ask(one.station, here, 'identity.savePlant', { ...fields, plant_name: 'Milton West', is_active: false });
  await one.sync();
  two.station.asSystem('test.edit', ctx => {
    ctx.update(materials, milton.id, { material_name: 'Made away' });
    const plant_id: Id<'plants'> = milton.plant_id;
    const { base_uom_id } = ctx.sql.get<{ base_uom_id: Id<'units_of_measure'> }>(
      'select base_uom_id from materials',
    ) ?? {
      base_uom_id: '' as never,
    };
    ctx.insert(materials, {
      plant_id,
      material_number: 'M-2',
      material_name: 'New',
      record_type: 'PART',
      base_uom_id,
    });
  });
  const named = () => two.station.replication.status().centre?.org_name;
  expect(named()).toBe('Test organization');
  await untilQuiet([two, one]);
  expect(named(), 'on the line that was there before').toBe('Acme Holding');
  expect(inboxOf(one)).toEqual([]);
  expect(differences(one, two)).toEqual([]);
  for (const s of [one, two]) {
    const session = signIn(s.station, 'org_admin');
    expect(ask(s.station, session, 'identity.getOrganization', {}).org_name).toBe('Acme Holding');
    expect(refusalOf(s.station, session, 'identity.switchPlant', { plant_id: milton.plant_id })).toBe(
      'no_plant_access',
    );
    expect(
      s.station.readAsSystem(ctx =>
        ctx.sql.all(`select material_name from materials where plant_id = ? order by 1`, [milton.plant_id]),
      ),
    ).toEqual([{ material_name: 'Made away' }, { material_name: 'New' }]);
  }
});

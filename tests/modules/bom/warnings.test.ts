import { expect, test } from 'vitest';
import { ask, refusalOf } from '../../support/station.ts';
import { draftOf, oneBasin, orderStation, submitDraft } from '../orders/order-support.ts';

test('warnings about sizes and dates are read one by one, by name and time, before the BOM is approved', () => {
  const station = orderStation();
  const draft = draftOf(
    [
      {
        build_number: 'BUILD-001',
        configuration: { ...oneBasin, basins: [{ basin_type: 'E_SINK', size: '24X20X10' }] },
      },
    ],
    { want_on: '2026-12-04' },
  );
  const [build] = submitDraft(station, station.session('PLANNER'), draft).builds;
  if (!build) throw new Error('no build');
  const { bom_id, order_id } = build;
  const procurement = station.session('PROCUREMENT');
  const warnings = (session = procurement) => ask(station, session, 'bom.warnings', { bom_id });
  expect(warnings().warnings.map(({ rule, place }) => [rule, place])).toEqual([
    ['V11', 'basins[0].size'],
    ['V14', 'want_date'],
  ]);
  const approve = () => {
    const [{ row_version } = { row_version: 0 }] = ask(station, procurement, 'bom.versions', {
      order_id,
    }).versions;
    return refusalOf(station, procurement, 'bom.approve', { bom_id, expected_version: row_version });
  };
  const read = (session: string, rule: string, place: string, note?: string) =>
    refusalOf(station, session, 'bom.acknowledgeWarning', { bom_id, rule, place, ...(note && { note }) });
  expect(approve()).toBe('warnings_unread');
  expect(read(station.session('PLANNER'), 'V14', 'want_date')).toBe('not_allowed');
  expect(read(procurement, 'V12', 'basins[0].size')).toBe('warning_unknown');
  expect(read(procurement, 'V14', 'want_date', 'Agreed with the customer')).toBe('accepted');
  expect(read(procurement, 'V14', 'want_date')).toBe('warning_read');
  expect(approve(), 'the other one is not read').toBe('warnings_unread');
  expect(read(procurement, 'V11', 'basins[0].size')).toBe('accepted');
  expect(warnings()).toMatchObject({
    unread: 0,
    warnings: [
      { acknowledged_by_name: 'User PROCUREMENT', note: null },
      { acknowledged_at_ms: station.clock.now_ms(), note: 'Agreed with the customer' },
    ],
  });
  expect(approve()).toBe('accepted');
  expect(read(procurement, 'V11', 'basins[0].size')).toBe('bom_not_draft');
  const then = warnings();
  station.clock.forward(40 * 86_400_000);
  expect(
    warnings(station.session('PROCUREMENT')),
    'what was read keeps its words when days have passed',
  ).toEqual(then);
  expect(then.warnings[1]?.message.en).toMatch(/^Want date in 14 days/);
});

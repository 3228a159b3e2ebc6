import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Id } from '../../db/kit/columns.ts';
import { compose, type Station } from '../../main/compose.ts';
import { installDemoPlant } from '../../main/demo-plant.ts';
import {
  placedLabel,
  readyLabel,
  sourcesOf,
  templateFor,
} from '../../main/modules/logistics/labels.service.ts';
import { silentLog } from '../../main/platform/log.ts';
import type { ReadCtx } from '../../main/rpc/context.ts';
import type { LabelSubject, LabelType } from '../../preload/contract/labels.ts';
import { temporaryFolder } from '../support/station.ts';

let station: Station;
beforeAll(async () => {
  station = compose({ data_folder: temporaryFolder('labels-', afterAll), log: silentLog });
  await installDemoPlant(station);
}, 120_000);
afterAll(() => station?.close());

/** The items whose name may be too long or has letters beyond the plain ones. */
const LONG_OR_UNUSUAL = `select id from materials where material_name glob '*[^ -~]*'
  or id in (select id from materials order by length(material_name) + length(material_number) desc limit 20)
  limit 60`;
const SUBJECTS = {
  order_id: [
    "select id from orders where order_kind = 'CUSTOMER_BUILD'",
    ['BUILD_FRONT', 'BUILD_BACK', 'CABLE_TAG', 'KIT_BAG', 'BASIN', 'BOX', 'SHIPPING'],
  ],
  material_id: [LONG_OR_UNUSUAL, ['PART']],
  work_center_id: ['select id from work_centers', ['WORK_CENTER']],
  user_id: ['select id from users', ['OPERATOR_BADGE']],
} as const satisfies Record<string, [string, readonly LabelType[]]>;

/** Everything of one kind of record that would not print as meant, in all languages and densities. */
function problemsOf(ctx: ReadCtx, label_type: LabelType, subjects: LabelSubject[]): string[] {
  const { layout } = templateFor(ctx, label_type);
  return subjects.flatMap(subject =>
    (['en', 'fr', 'es'] as const).flatMap(language => {
      const wanted = { label_type, subject, fields: {}, language };
      return sourcesOf(ctx, wanted).flatMap(source =>
        ([203, 300] as const).flatMap(dpi =>
          placedLabel(ctx, layout, readyLabel(ctx, wanted, source, 'COPY 1'), dpi).problems.map(
            ({ key, code, detail }) => `${source.title} ${language} ${dpi}: ${key} ${code} ${detail}`,
          ),
        ),
      );
    }),
  );
}
test.each(Object.entries(SUBJECTS))(
  'every label that a record of the demo plant has by its %s can be printed',
  (key, [sql, types]) => {
    const found = station.readAsSystem(ctx => {
      const subjects = ctx.sql.all<{ id: Id<'orders'> }>(sql).map(({ id }): LabelSubject => ({ [key]: id }));
      expect(subjects.length).toBeGreaterThan(3);
      return types.flatMap(type => problemsOf(ctx, type, subjects));
    });
    expect(found).toEqual([]);
  },
);

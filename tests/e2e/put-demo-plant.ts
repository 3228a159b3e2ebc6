/** `node tests/e2e/put-demo-plant.ts <folder> [people]`: a station as its first start leaves it, or its people alone. */
import { readFileSync } from 'node:fs';
import { fillEmptyStation } from '../../main/browser/first-start.ts';
import { compose } from '../../main/compose.ts';
import { DEMO_INTENT } from '../../main/modules/identity/demo-accounts.service.ts';
import { installOrganization, plantFile } from '../../main/modules/identity/installation.service.ts';

const [data_folder = '', kind] = process.argv.slice(2);
const station = compose({ data_folder });
const plant = new URL('../../resources/demo-plant/plant.json', import.meta.url);
if (kind === 'people')
  station.asSystem(DEMO_INTENT, ctx =>
    installOrganization(ctx, plantFile.parse(JSON.parse(readFileSync(plant, 'utf8')))),
  );
else await fillEmptyStation(station);
await station.close();

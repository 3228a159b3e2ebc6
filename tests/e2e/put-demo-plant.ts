/** `node tests/e2e/put-demo-plant.ts <folder>`: a station as its first start leaves it. */
import { fillEmptyStation } from '../../main/browser/first-start.ts';
import { compose } from '../../main/compose.ts';

const [data_folder = ''] = process.argv.slice(2);
const station = compose({ data_folder });
await fillEmptyStation(station);
await station.close();

import type { Station } from '../compose.ts';

/** A station without any catalogue shows the demo plant, so that the first screen is not empty. */
export async function fillEmptyStation(station: Station): Promise<void> {
  const isEmpty = station.readAsSystem(
    ctx =>
      ctx.sql.get('select 1 from materials limit 1') === undefined &&
      ctx.sql.get('select 1 from orders limit 1') === undefined,
  );
  if (!isEmpty) return;
  const { installDemoPlant } = await import('../demo-plant.ts');
  await installDemoPlant(station);
  const { liveDemoPlant } = await import('../demo-life.ts');
  await liveDemoPlant(station);
}

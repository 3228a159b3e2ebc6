import { expect, onTestFinished, test } from 'vitest';
import { World } from './world.ts';

/** A station that exchanges by itself, with the calls it makes answered by hand. */
function oneByItself() {
  const world = new World(1);
  const [place] = world.places;
  if (!place) throw new Error('no station');
  place.move = () => undefined;
  const { network, station } = place;
  onTestFinished(async () => {
    const ended = station.replicator.stop();
    network.parked?.lose();
    await ended;
    world.close();
  });
  return {
    station,
    network,
    asked: () => expect.poll(() => network.parked?.name, { timeout: 2000 }),
    answer(): void {
      const { parked } = network;
      parked?.answer(world.centre.call(parked.login, parked.name, parked.params));
    },
  };
}

test.each([
  ['the centre says that something is new', 'notice'],
  ['a command was kept', 'wake'],
])('%s in the moment in which an exchange ends: the next one begins at once', async (_, sign) => {
  const { station, network, asked, answer } = oneByItself();
  station.replicator.run();
  for (const name of ['hello', 'pull', 'seen']) {
    await asked().toBe(name);
    answer();
  }
  await expect.poll(() => station.replicator.status().state).toBe('online');
  network.notice();
  await asked().toBe('pull');
  answer();
  if (sign === 'notice') network.notice();
  else station.replicator.wake();
  await asked().toBe('pull');
});

import { checkPlace, checkQuiet } from './invariants.ts';
import { isRunning, type Place, type Step, stepsOf, World } from './world.ts';

export const STEPS = 70;
const MAX_ROUNDS = 12;
const MAX_CALLS = 400;

export interface Failure {
  seed: number;
  message: string;
  trace: string[];
  steps: Step[];
}
export const stationsOf = (seed: number): number => 3 + (seed % 3);

interface Played {
  trace: string[];
  /** What the centre said of every unit, in the order in which it stored them. */
  outcomes: string[];
  failure: Failure | null;
}
/** One schedule: what happens, then the healing, then the invariants. Answers what was broken, or null. */
export async function runSteps(seed: number, steps: readonly Step[]): Promise<Failure | null> {
  return (await play(seed, steps)).failure;
}
/** The same seed gives the same trace. */
export async function play(
  seed: number,
  steps: readonly Step[],
  clock_offsets_ms: readonly number[] = [],
): Promise<Played> {
  const world = new World(stationsOf(seed), clock_offsets_ms);
  const told = () => ({ trace: world.trace, outcomes: world.centre.state.units.map(outcomeTold) });
  try {
    for (const step of steps) {
      await world.perform(step);
      if (world.fault) throw world.fault;
    }
    await heal(world);
    checkQuiet(world);
    return { ...told(), failure: null };
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...told(), failure: { seed, message, trace: [...world.trace], steps: [...steps] } };
  } finally {
    world.close();
  }
}
const outcomeTold = ({ unit_id, outcome, detail }: World['centre']['state']['units'][number]): string =>
  `${unit_id} ${outcome} ${JSON.stringify(detail)}`;
export const runSeed = (seed: number): Promise<Failure | null> => runSteps(seed, stepsOf(seed, STEPS));

/** The network is good again: every station exchanges until nothing moves, within bounded time. */
export async function heal(world: World): Promise<void> {
  world.trace.push('healing');
  await switchOffCopies(world);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    for (const place of world.places.filter(isRunning)) {
      await exchangeWhole(world, place);
      if (world.fault) throw world.fault;
      checkPlace(place);
    }
    if (isQuiet(world)) return;
  }
  throw new Error(`I16 not quiet after ${MAX_ROUNDS} rounds`);
}
async function exchangeWhole(world: World, place: Place): Promise<void> {
  for (let calls = 0; place.is_exchanging || calls === 0; calls++) {
    if (calls > MAX_CALLS) throw new Error(`I16 the exchange of ${place.name} does not end`);
    const { parked } = place.network;
    if (parked) world.trace.push(`${place.name} ${await world.deliver(place, parked)}`);
    else world.trace.push(`${place.name} ${await world.beginExchange(place)}`);
  }
}
/** One login is one installation: copies take the identity from each other, so each hands in its work and is put away. */
async function switchOffCopies(world: World): Promise<void> {
  for (const copy of world.places.filter(p => p.is_copy && isRunning(p))) {
    const isDone = () =>
      copy.station.store.waitingUnits() === 0 && copy.station.replicator.status().state === 'online';
    for (let round = 0; round === 0 || !isDone(); round++) {
      if (round > MAX_ROUNDS) throw new Error(`I16 ${copy.name} does not hand in its work`);
      await exchangeWhole(world, copy);
    }
    copy.is_away = true;
  }
}
function isQuiet(world: World): boolean {
  const head = world.centre.state.commits.length;
  return world.places
    .filter(isRunning)
    .every(
      p =>
        p.station.store.waitingUnits() === 0 &&
        p.station.state.facts.cursor_seq === head &&
        p.station.state.facts.loading === undefined,
    );
}

/** Leaves out steps as long as it still breaks: the shortest story of the same failure. */
export async function shrink(failure: Failure, within_ms = 60_000): Promise<Failure> {
  const until = performance.now() + within_ms;
  let best = failure;
  for (let size = Math.ceil(best.steps.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < best.steps.length && performance.now() < until; ) {
      const fewer = [...best.steps.slice(0, at), ...best.steps.slice(at + size)];
      const again = await runSteps(failure.seed, fewer);
      if (again) best = again;
      else at += size;
    }
  }
  return best;
}
export const told = (failure: Failure): string =>
  [
    `seed ${failure.seed}: ${failure.message}`,
    `replay: node tests/replication/simulation/replay.ts ${failure.seed}`,
    ...failure.trace.map(line => `  ${line}`),
  ].join('\n');

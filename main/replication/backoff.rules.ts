const FIRST_MS = 1000;
const LONGEST_MS = 60_000;

/** Full jitter: 1 s doubling to 60 s, anywhere below, so that stations that lost the centre together do not return together. `chance` is in [0, 1). */
export const backoffMs = (failures: number, chance: number): number =>
  Math.floor(chance * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10)));

/** A sign from the centre reaches every station at once: the more there are, the more time they come within, up to 150 ms. */
export const afterNoticeMs = (chance: number, stations: number | null): number =>
  Math.floor(chance * Math.min(150, stations ?? 150));
/** A notice is a hint, never a guarantee: looked for anyway every 10 s, give or take 3. */
export const pollMs = (chance: number): number => 7000 + Math.floor(chance * 6000);

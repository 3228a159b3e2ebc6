/** Reproducible choices: one 32-bit seed gives one run (mulberry32). */
export function seededChoice(seed: number) {
  let state = seed >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number): number => Math.floor(fraction() * n);
  return {
    fraction,
    below,
    chance: (p: number): boolean => fraction() < p,
    pick: <T>(list: readonly T[]): T | undefined => list[below(list.length)],
  };
}
export type Choice = ReturnType<typeof seededChoice>;

/** UUIDv7-shaped ids that count up in a space of their own. */
export function idsOf(space: number) {
  let n = 0;
  return {
    next: () =>
      `019a${space.toString(16).padStart(4, '0')}-0000-7000-8000-${(++n).toString(16).padStart(12, '0')}`,
  };
}

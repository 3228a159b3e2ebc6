import type { Configuration } from '../../../preload/contract/product-model.ts';

/** What belongs to the order, not to the build. */
const notCopied = ['order_language'];
const accessories = 'accessories';

/** A deep copy of the answers; rows added by rules come back by themselves. */
export function copiedConfiguration(
  source: Configuration,
  target: Configuration,
  withAccessories: boolean,
): Configuration {
  const copy = structuredClone(source);
  for (const name of notCopied) keep(copy, target, name);
  if (!withAccessories) keep(copy, target, accessories);
  return Object.fromEntries(
    Object.entries(copy).map(([name, value]) => [
      name,
      Array.isArray(value)
        ? value.filter(row => row.auto_rule === undefined || row.auto_rule === null)
        : value,
    ]),
  );
}

function keep(copy: Configuration, target: Configuration, name: string): void {
  const own = target[name];
  if (own === undefined) delete copy[name];
  else copy[name] = structuredClone(own);
}

/** True when the build that is copied onto holds answers of its own. */
export const hasAnswers = (target: Configuration): boolean =>
  Object.entries(target).some(
    ([name, value]) =>
      !notCopied.includes(name) && (Array.isArray(value) ? value.length > 0 : value !== null),
  );

import type { Problem } from '../../../preload/contract/orders.ts';
import { error, warning } from './header.rules.ts';

const shortest = 3;
const longest = 50;

export interface BuildNumberPlace {
  /** Build numbers the order has already. */
  existing: readonly string[];
  max_builds: number;
  /** Order in which another build of this number is, where that is unusual. */
  usedElsewhere(build_number: string): string | undefined;
}

/** Numbers of the new builds, as typed. */
export function buildNumberProblems(typed: readonly string[], place: BuildNumberPlace): Problem[] {
  const numbers = typed.map(n => n.trim());
  if (numbers.length === 0) return [error('builds', 'no_builds')];
  const problems: Problem[] = [];
  if (numbers.length + place.existing.length > place.max_builds)
    problems.push(
      error('builds', 'too_many_builds', {
        max: place.max_builds,
        builds: numbers.length + place.existing.length,
      }),
    );
  for (const [index, build_number] of numbers.entries()) {
    const path = `builds[${index}].build_number`;
    const wrong = formProblem(path, build_number);
    if (wrong) problems.push(wrong);
    else if (numbers.indexOf(build_number) < index)
      problems.push(error(path, 'build_number_twice', { build_number }));
    else if (place.existing.includes(build_number))
      problems.push(error(path, 'build_number_in_order', { build_number }));
    else {
      const order_number = place.usedElsewhere(build_number);
      if (order_number !== undefined)
        problems.push(warning(path, 'build_number_elsewhere', { build_number, order_number }));
    }
  }
  return problems;
}

function formProblem(path: string, build_number: string): Problem | undefined {
  if (build_number === '') return error(path, 'build_number_missing');
  if (build_number.length < shortest) return error(path, 'build_number_short', { min: shortest });
  if (build_number.length > longest) return error(path, 'build_number_long', { max: longest });
  return /^[A-Za-z0-9-]+$/.test(build_number)
    ? undefined
    : error(path, 'build_number_characters', { build_number });
}

/** True for what `suggestNumbers` could give: such numbers begin again in every order. */
export function followsPattern(pattern: string, build_number: string): boolean {
  const [marks = ''] = /#+/.exec(pattern) ?? [];
  const [before = '', after = ''] = pattern.split(marks);
  const running = build_number.slice(before.length, build_number.length - after.length);
  return (
    build_number.startsWith(before) &&
    build_number.endsWith(after) &&
    running.length >= marks.length &&
    /^\d+$/.test(running)
  );
}

/** The first `quantity` numbers of the pattern that are not taken; `###` is the running number, at least three digits. */
export function suggestNumbers(pattern: string, quantity: number, taken: readonly string[]): string[] {
  const used = new Set(taken);
  const suggested: string[] = [];
  for (let running = 1; suggested.length < quantity; running++) {
    const candidate = pattern.replace(/#+/, marks => String(running).padStart(marks.length, '0'));
    if (!used.has(candidate)) suggested.push(candidate);
  }
  return suggested;
}

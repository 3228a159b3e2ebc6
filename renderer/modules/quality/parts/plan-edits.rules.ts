import type { PlanCheck } from '../../../../preload/contract/inspection-plan.ts';

/** One place up or down; at an end it stays. */
export function moved<T>(list: readonly T[], at: number, step: 1 | -1): T[] {
  const to = at + step;
  const [one, other] = [list[at], list[to]];
  if (one === undefined || other === undefined) return [...list];
  return list.map((item, i) => (i === at ? other : i === to ? one : item));
}

/** A yes-or-no check with a code that is free in its section. */
export function newCheck(section: string, checks: readonly PlanCheck[]): PlanCheck {
  const held = new Set(checks.map(check => check.code));
  let n = checks.length + 1;
  while (held.has(`${section}-${n}`)) n += 1;
  const code = `${section}-${n}`;
  return {
    code,
    name: { en: code, fr: code, es: code },
    data_type: 'BOOLEAN',
    is_required: true,
    can_be_na: false,
    is_informative: false,
    is_unique: false,
    applies_when: 'true',
    options: [],
    shows_file_roles: [],
    decimals: 0,
    estimated_minutes: 0,
  };
}

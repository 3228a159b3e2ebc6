import type { PlanDocument } from '../../../preload/contract/inspection-plan.ts';

/** The first thing wrong with a form as a whole: which check, and what. */
export function planFault(document: PlanDocument): { at: string; reason: string } | null {
  const sections = new Set<string>();
  const codes = new Set<string>();
  for (const section of document.sections) {
    if (sections.has(section.code)) return { at: section.code, reason: 'section_twice' };
    sections.add(section.code);
    for (const check of section.checks) {
      if (codes.has(check.code)) return { at: check.code, reason: 'code_twice' };
      codes.add(check.code);
      if (check.data_type === 'CHOICE' && check.options.length < 2)
        return { at: check.code, reason: 'options_missing' };
      if (check.data_type === 'COUNT' && !check.expected) return { at: check.code, reason: 'count_missing' };
      if (check.lower_limit && check.upper_limit && Number(check.lower_limit) > Number(check.upper_limit))
        return { at: check.code, reason: 'limits_crossed' };
      if (new Set(check.options.map(option => option.code)).size < check.options.length)
        return { at: check.code, reason: 'option_twice' };
    }
  }
  return codes.size === 0 ? { at: document.plan_code, reason: 'no_checks' } : null;
}

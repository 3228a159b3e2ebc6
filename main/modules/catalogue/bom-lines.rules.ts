import { z } from 'zod';
import type {
  BomLine,
  CustomPartSpec,
  LocalizedText,
  ReadAnswer,
  RuleCause,
} from '../../../preload/contract/product-model.ts';
import { engineTexts } from './engine-texts.rules.ts';
import type { Outcome } from './expression.rules.ts';
import { type CompiledBomRule, type CompiledModel, compileBomRule } from './model-compile.rules.ts';

export const itemIdLimit = 50;
const quantityLimit = 1_000_000_000;

export type LineContext = {
  scope: object;
  rowCount(group: string): number;
  knownItem(id: string): boolean;
  /** Every required answer is given: nothing may stay undecided. */
  isComplete: boolean;
  alwaysAdd: unknown;
};
export type LinesRefused = { rule: string; message: LocalizedText };
export type Lines = { lines: BomLine[]; refused?: LinesRefused };
type Placed = { position: number; row: number; rule: number; line: BomLine };
type Made = { line: BomLine } | { skipped: true } | { refused: LinesRefused };

export function generateLines(compiled: CompiledModel, context: LineContext): Lines {
  const added = alwaysAddRules(compiled, context.alwaysAdd);
  if ('refused' in added) return { lines: [], refused: added.refused };

  const placed: Placed[] = [];
  const rules = [...compiled.bomRules, ...added.rules];
  for (const [ruleIndex, rule] of rules.entries()) {
    const group = rule.rule.for_each;
    const count = group === undefined ? 1 : context.rowCount(group);
    for (let row = 0; row < count; row++) {
      const scope =
        group === undefined ? context.scope : compiled.language.rowScope(context.scope, group, row);
      const made = makeLine(rule, scope, row, context);
      if ('refused' in made) return { lines: [], refused: made.refused };
      if ('skipped' in made) continue;
      placed.push({ position: rule.rule.position ?? rule.rule.seq, row, rule: ruleIndex, line: made.line });
    }
  }
  placed.sort((a, b) => a.position - b.position || a.row - b.row || a.rule - b.rule);
  return { lines: mergeLines(placed.map(({ line }) => line)) };
}

/** The groups that must hold a given number of lines once everything is answered without error. */
export function checkGroups(compiled: CompiledModel, lines: BomLine[]): LinesRefused | undefined {
  for (const group of compiled.model.bom_groups) {
    const found = lines.filter(line => line.group === group.code).length;
    if (found < group.min_lines || found > (group.max_lines ?? Infinity)) {
      return { rule: group.code, message: engineTexts.groupCount(group.label, found) };
    }
  }
  return undefined;
}

function makeLine(compiled: CompiledBomRule, scope: object, row: number, context: LineContext): Made {
  const { rule } = compiled;
  const reads = new Map<string, ReadAnswer>();
  let stopped: Outcome | undefined;
  const value = (outcome: Outcome): unknown => {
    for (const read of outcome.reads) reads.set(read.path, read);
    if (outcome.status === 'value') return outcome.value;
    stopped ??= outcome;
    return undefined;
  };
  const refused = (message: LocalizedText): Made => ({ refused: { rule: rule.id, message } });

  if (value(compiled.when.run(scope)) === false) return { skipped: true };
  const itemId = stopped ? '' : String(value(compiled.item_id.run(scope)));
  const quantity = stopped ? 0n : value(compiled.quantity.run(scope));
  const notes = stopped || !compiled.notes ? '' : String(value(compiled.notes.run(scope)));
  const spec: CustomPartSpec = { kind: rule.custom_part?.kind ?? '' };
  for (const [name, expression] of stopped ? [] : compiled.spec) {
    const part = value(expression.run(scope));
    spec[name] = typeof part === 'bigint' ? Number(part) : String(part);
  }
  if (stopped && stopped.status !== 'value') {
    if (stopped.status === 'undecided' && !context.isComplete) return { skipped: true };
    return refused(engineTexts.ruleFailed(rule.id, stopped.problem));
  }

  if (typeof quantity !== 'bigint' || quantity < 1n || quantity > quantityLimit) {
    return refused(engineTexts.badQuantity(rule.id, String(quantity)));
  }
  if (itemId.length > itemIdLimit)
    return refused(engineTexts.itemIdTooLong(itemId.slice(0, itemIdLimit), itemIdLimit));
  const isCustom = rule.custom_part !== undefined;
  const isKnown = context.knownItem(itemId);
  if (isCustom && isKnown) return refused(engineTexts.customPartExists(itemId));
  if (!isCustom && !isKnown) return refused(engineTexts.unknownItem(itemId));
  return {
    line: {
      seq: rule.seq,
      item_id: itemId,
      quantity: Number(quantity),
      group: rule.group,
      notes,
      is_custom_part: isCustom,
      custom_part_spec: isCustom ? spec : null,
      suppress_components: rule.suppress_components,
      basin_indices: rule.lists_rows ? [row + 1] : [],
      causes: [{ rule: rule.id, answers: [...reads.values()] }],
    },
  };
}

/** Equal ids become one line at the place of the first; lines with other hidden components stay apart. */
function mergeLines(lines: BomLine[]): BomLine[] {
  const merged = new Map<string, BomLine>();
  for (const line of lines) {
    const key = JSON.stringify([line.item_id, line.suppress_components]);
    const first = merged.get(key);
    if (!first) {
      merged.set(key, line);
      continue;
    }
    const notes = [...new Set([...first.notes.split(', '), ...line.notes.split(', ')])].filter(
      note => note !== '',
    );
    merged.set(key, {
      ...first,
      quantity: first.quantity + line.quantity,
      notes: notes.join(', '),
      basin_indices: [...new Set([...first.basin_indices, ...line.basin_indices])],
      causes: mergeCauses(first.causes, line.causes),
    });
  }
  return [...merged.values()];
}

function mergeCauses(a: RuleCause[], b: RuleCause[]): RuleCause[] {
  const answers = new Map<string, Map<string, ReadAnswer>>();
  for (const cause of [...a, ...b]) {
    const known = answers.get(cause.rule) ?? new Map<string, ReadAnswer>();
    for (const answer of cause.answers) known.set(answer.path, answer);
    answers.set(cause.rule, known);
  }
  return [...answers].map(([rule, reads]) => ({ rule, answers: [...reads.values()] }));
}

const alwaysAddSetting = z.array(
  z.strictObject({
    id: z.string().min(1).max(itemIdLimit),
    quantityRule: z.union([z.int(), z.string().min(1).max(500)]).default(1),
  }),
);

/** `bom.alwaysAdd`: items an administrator adds to every build, with a quantity or an expression for it. */
function alwaysAddRules(
  compiled: CompiledModel,
  setting: unknown,
): { rules: CompiledBomRule[] } | { refused: LinesRefused } {
  if (setting === undefined || setting === null) return { rules: [] };
  const parsed = alwaysAddSetting.safeParse(setting);
  if (!parsed.success)
    return { refused: { rule: 'bom.alwaysAdd', message: engineTexts.badSetting('bom.alwaysAdd') } };
  const rules: CompiledBomRule[] = [];
  for (const [index, { id, quantityRule }] of parsed.data.entries()) {
    const ruleId = `bom.alwaysAdd[${index}]`;
    try {
      rules.push(
        compileBomRule(alwaysAddRule(ruleId, id, String(quantityRule)), compiled.language, undefined),
      );
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      return { refused: { rule: ruleId, message: engineTexts.ruleFailed(ruleId, problem) } };
    }
  }
  return { rules };
}

const alwaysAddRule = (ruleId: string, itemId: string, quantity: string) => ({
  id: ruleId,
  seq: 130,
  group: 'ALWAYS',
  when: `(${quantity}) != 0`,
  // Braces would be read as an expression; an item id is never one.
  item_id: itemId.replaceAll(/[{}]/g, ''),
  quantity,
  lists_rows: false,
  suppress_components: [],
  label: { en: 'Always added', fr: 'Toujours ajouté', es: 'Siempre añadido' },
});

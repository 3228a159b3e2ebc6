import type { ExampleAnswers, instructionEditing } from '../../../preload/contract/instruction-editing.ts';
import type { OutputOf, ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { judge, requireSubmittable } from '../bom/judge.service.ts';
import { expandedTree } from '../bom/tree.service.ts';
import { catalogueIndex } from '../catalogue/catalogue.service.ts';
import { activeModel } from '../catalogue/product-models.service.ts';
import { conditionInWords } from './condition-words.rules.ts';
import { type InstructionRow, instructionsWith, stepsOf } from './instructions.service.ts';
import { instructionsFor, judgeInstructions, totalMinutes } from './tasks.service.ts';

type Try = (typeof instructionEditing)['tryInstructions'];

/** Any answers under the newest version of their product model, as they would be judged in an order. */
function judged(ctx: ReadCtx, { family, configuration, document_language }: ExampleAnswers) {
  const { compiled } = activeModel(ctx, family);
  const index = catalogueIndex(ctx);
  const header = { document_language, want_on: null };
  return { compiled, index, evaluation: judge(ctx, compiled, configuration, header, index) };
}

/** Which instructions the answers call for; what is still open is said of each one, not refused. */
export function tryInstructions(ctx: ReadCtx, { example, draft_id }: ParsedInputOf<Try>): OutputOf<Try> {
  const { compiled, evaluation } = judged(ctx, example);
  const steps = stepsOf(ctx);
  const rows = instructionsWith(ctx, draft_id);
  const instructions = judgeInstructions(ctx, compiled, evaluation.normalized, null, rows).map(
    ({ row, undecided, instances }) => ({
      instruction_id: row.id,
      instruction_code: row.instruction_code,
      instruction_version: row.instruction_version,
      title: row.title,
      is_draft: row.id === draft_id,
      outcome: outcomeOf(undecided, instances.length),
      problem: undecided,
      applies_when: row.applies_when,
      applies_when_words: conditionInWords(compiled.model, row.applies_when),
      task_codes: instances.map(({ task_code }) => task_code),
      minutes: instances.length * row.estimated_minutes,
      steps: steps.get(row.id)?.length ?? 0,
    }),
  );
  return {
    instructions,
    tasks: instructions.reduce((sum, { task_codes }) => sum + task_codes.length, 0),
    minutes: instructions.reduce((sum, { minutes }) => sum + minutes, 0),
  };
}
const outcomeOf = (undecided: string | null, tasks: number) => {
  if (undecided !== null) return 'undecided' as const;
  return tasks > 0 ? ('applies' as const) : ('left_out' as const);
};

/**
 * The tasks of answers that belong to no build, with the parts of the BOM they make. Refuses
 * `configuration_refused` naming the rules, and what the expansion and `instructionsFor` refuse.
 */
export function exampleTasks(
  ctx: ReadCtx,
  example: ExampleAnswers,
  draft_id: InstructionRow['id'] | undefined,
) {
  const { compiled, index, evaluation } = judged(ctx, example);
  const configuration = requireSubmittable(example.family, evaluation);
  const parts = expandedTree(ctx, evaluation.lines, index);
  const rows = instructionsWith(ctx, draft_id);
  const tasks = instructionsFor(ctx, compiled, configuration, parts, null, rows);
  return { compiled, configuration, tasks, total_minutes: totalMinutes(tasks) };
}

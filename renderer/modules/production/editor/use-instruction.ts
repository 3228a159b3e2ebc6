import { useState } from 'react';
import type { EditedInstruction, EditedStep } from '../../../../preload/contract/instruction-editing.ts';
import { useCommand } from '../../../rpc/hooks.ts';

export type Draft = Omit<
  EditedInstruction,
  'instruction_id' | 'instruction_version' | 'status' | 'row_version'
> & {
  instruction_id: EditedInstruction['instruction_id'] | null;
  row_version: number | null;
};
/** A step keeps its place in React while it moves. */
export type KeyedStep = EditedStep & { key: string };

const nothing = { en: '', fr: '', es: '' };
export const newDraft: Draft = {
  instruction_id: null,
  row_version: null,
  instruction_code: '',
  form_id: '',
  title: nothing,
  description: nothing,
  applies_when: 'true',
  for_each: null,
  for_each_when: null,
  estimated_minutes: 0,
  after_codes: [],
  bom_groups: [],
  material_numbers: [],
  change_note: '',
  tool_ids: [],
  steps: [],
};
const keyed = (steps: readonly EditedStep[]): KeyedStep[] =>
  steps.map(step => ({ ...step, key: crypto.randomUUID() }));
export const newStep = (): KeyedStep => ({
  key: crypto.randomUUID(),
  description: nothing,
  safety_notes: null,
  estimated_minutes: 0,
  media_file_id: null,
  annotations: [],
});

/** The draft on screen; saved as a whole. */
export function useInstruction(given: Draft) {
  const [draft, setDraft] = useState<Draft>(given);
  const [steps, setSteps] = useState(() => keyed(given.steps));
  const [isChanged, setChanged] = useState(false);
  const save = useCommand('production.saveInstruction');
  const change = (patch: Partial<Draft>) => {
    setDraft(before => ({ ...before, ...patch }));
    setChanged(true);
  };
  const changeSteps = (next: (held: KeyedStep[]) => KeyedStep[]) => {
    setSteps(next);
    setChanged(true);
  };
  async function keep() {
    const plain = steps.map(({ key: _, ...step }) => step);
    const saved = await save.run({ ...draft, steps: plain });
    setDraft(before => ({ ...before, ...saved }));
    setChanged(false);
    return saved;
  }
  return { draft, steps, isChanged, save, change, changeSteps, keep };
}
export type InstructionState = ReturnType<typeof useInstruction>;

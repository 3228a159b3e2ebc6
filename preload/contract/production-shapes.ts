import { z } from 'zod';
import { localText } from '../../db/schema/local-text.ts';

export const taskGroup = z.enum(['basins', 'faucets', 'sprayers', 'accessories']);
export type TaskGroup = z.infer<typeof taskGroup>;
export const instructionStep = z.object({
  step_number: z.int(),
  description: localText,
  safety_notes: localText.nullable(),
  estimated_minutes: z.int(),
});
export type InstructionStep = z.infer<typeof instructionStep>;

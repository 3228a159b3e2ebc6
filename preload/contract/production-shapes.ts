import { z } from 'zod';
import { localText } from '../../db/schema/local-text.ts';
import { annotation } from '../../db/schema/production.ts';
import { idOf } from './rpc.ts';

export const taskGroup = z.enum(['basins', 'faucets', 'sprayers', 'accessories']);
export type TaskGroup = z.infer<typeof taskGroup>;
export const instructionStep = z.object({
  step_number: z.int(),
  description: localText,
  safety_notes: localText.nullable(),
  estimated_minutes: z.int(),
  /** A picture, and the marks drawn over it. */
  media_file_id: idOf('file_uploads').nullable(),
  annotations: z.array(annotation),
});
export type InstructionStep = z.infer<typeof instructionStep>;

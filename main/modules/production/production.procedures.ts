import type { production } from '../../../preload/contract/production.ts';
import type { Handlers } from '../../rpc/handlers.ts';
import { getInstruction, listInstructions, listTools } from './instructions.service.ts';
import { buildTasks } from './tasks.service.ts';

export const productionProcedures: Handlers<typeof production> = {
  listInstructions,
  getInstruction,
  listTools,
  tasks: buildTasks,
};

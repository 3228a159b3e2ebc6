import type { production } from '../../../preload/contract/production.ts';
import type { Handlers } from '../../rpc/handlers.ts';
import { workBuilds } from './floor.service.ts';
import { handOver, handOverTo } from './hand-over.service.ts';
import * as editing from './instruction-editing.service.ts';
import * as reads from './instruction-reads.service.ts';
import { tryInstructions } from './instruction-trial.service.ts';
import { getInstruction, listInstructions, listTools } from './instructions.service.ts';
import { generateTasks } from './task-lists.service.ts';
import { buildTasks } from './tasks.service.ts';
import { completeTask, confirmTask, noteTask, pauseTask, startTask, undoTask } from './work.service.ts';
import { work } from './work-read.service.ts';

export const productionProcedures: Handlers<typeof production> = {
  listInstructions,
  getInstruction,
  listTools,
  editInstruction: editing.editInstruction,
  checkCondition: editing.checkCondition,
  tryInstructions,
  saveInstruction: editing.saveInstruction,
  newInstructionVersion: editing.newInstructionVersion,
  discardInstruction: editing.discardInstruction,
  approveInstruction: editing.approveInstruction,
  confirmInstructionRead: reads.confirmInstructionRead,
  instructionReads: reads.instructionReads,
  saveTool: reads.saveTool,
  tasks: buildTasks,
  workBuilds,
  work,
  generateTasks,
  startTask,
  pauseTask,
  completeTask,
  undoTask,
  noteTask,
  confirmTask,
  handOverTo,
  handOver,
};

import { z } from 'zod';
import { id, integer, json, oneOf, ref, text } from '../kit/columns.ts';
import { activeFlag, defineTable, twoWay } from '../kit/define-table.ts';
import { localText } from './local-text.ts';

export const tools = defineTable(
  'tools',
  {
    tool_name: text(100).about('English name, unique'),
    tool_names: json(localText),
    description: text(500).optional(),
    category: text(50).optional(),
    is_active: activeFlag(),
  },
  {
    row_is: 'A tool named by work instructions.',
    sync: twoWay('merge_columns'),
    unique: [['tool_name']],
    identified_by: 'tool_name',
  },
);

export const work_instructions = defineTable(
  'work_instructions',
  {
    instruction_code: text(20),
    instruction_version: integer(1),
    form_id: text(40),
    title: json(localText),
    description: json(localText),
    material_id: id<'materials'>().optional().about('no reference: the material belongs to one plant'),
    status: oneOf('DRAFT', 'APPROVED', 'SUPERSEDED').default('APPROVED'),
    applies_when: text(1000).about('CEL expression over the configuration'),
    for_each: oneOf('basins', 'faucets', 'sprayers', 'accessories').optional(),
    for_each_when: text(1000).optional(),
    estimated_minutes: integer(0),
    after_codes: json(z.array(z.string())),
    bom_groups: json(z.array(z.string())),
    material_numbers: json(z.array(z.string())),
    position: integer(1),
  },
  {
    row_is: 'A version of the instruction for one assembly task.',
    sync: twoWay('whole_document'),
    document: { root_id: 'id' },
    unique: [['instruction_code', 'instruction_version']],
    identified_by: 'instruction_code',
  },
);

export const work_instruction_steps = defineTable(
  'work_instruction_steps',
  {
    instruction_id: ref('work_instructions', 'cascade'),
    step_number: integer(1),
    description: json(localText),
    safety_notes: json(localText).optional(),
    media_file_id: ref('file_uploads', 'set null').optional(),
    estimated_minutes: integer(0),
  },
  {
    row_is: 'A step of a work instruction.',
    sync: twoWay('whole_document'),
    document: { root_id: 'instruction_id' },
    unique: [['instruction_id', 'step_number']],
  },
);

export const work_instruction_tools = defineTable(
  'work_instruction_tools',
  { instruction_id: ref('work_instructions', 'cascade'), tool_id: ref('tools') },
  {
    row_is: 'A tool needed by a work instruction.',
    sync: twoWay('whole_document'),
    document: { root_id: 'instruction_id' },
    unique: [['instruction_id', 'tool_id']],
  },
);

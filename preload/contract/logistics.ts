import { z } from 'zod';
import { SCAN_CONTEXTS, SCAN_RESOLUTIONS } from '../../db/schema/logistics.ts';
import { command, idOf, type ModuleContract, query } from './rpc.ts';

export const MOST_SCAN_CHARACTERS = 500;
/** The same code by the same person in the same work within this time is recorded as a repetition. */
export const SCAN_REPEAT_MS = 5_000;

export const SCAN_HIT_KINDS = ['build', 'order', 'material', 'work_center', 'user', 'label'] as const;
export const scanHit = z.object({
  kind: z.enum(SCAN_HIT_KINDS),
  id: z.string(),
  title: z.string(),
  subtitle: z.string(),
  /** Address of its page. */
  to: z.string(),
});
export type ScanHit = z.infer<typeof scanHit>;
/**
 * What a parser found in the text: GS1 application identifiers (`01`, `10`, `21`, `240`, `241`, `400`) or MH10.8.2
 * data identifiers (`P`, `1P`, `S`, `1T`, `K`) with their values.
 */
export const scanElement = z.object({ key: z.string().max(20), value: z.string().max(200) });
export type ScanElement = z.infer<typeof scanElement>;

export const logistics = {
  /**
   * What a scanned text stands for, first rule that finds something: the value of an active label, our own codes,
   * numbers of orders and builds, material numbers, work centre codes, user names. Only what the person may see.
   */
  resolveScan: query({
    allow: 'signed_in',
    input: z.object({
      text: z.string().max(MOST_SCAN_CHARACTERS),
      elements: z.array(scanElement).max(40).default([]),
    }),
    output: z.object({
      hits: z.array(scanHit).max(3),
      /** Why nothing was found: the check character says it was misread or mistyped, or nothing has this code. */
      problem: z.enum(['wrong_check', 'not_found']).nullable(),
    }),
  }),
  recordScan: command({
    allow: 'signed_in',
    input: z.object({
      text: z.string().min(1).max(MOST_SCAN_CHARACTERS),
      barcode_type: z.string().max(40).optional(),
      resolution: z.enum(SCAN_RESOLUTIONS),
      entity_type: z.string().max(50).optional(),
      entity_id: z.string().max(100).optional(),
      context: z.enum(SCAN_CONTEXTS).optional(),
      location: z.string().max(200).optional(),
      error_message: z.string().max(500).optional(),
      elements: z.array(scanElement).max(40).default([]),
    }),
    output: z.object({ scan_id: idOf('qr_code_scans'), resolution: z.enum(SCAN_RESOLUTIONS) }),
  }),
} satisfies ModuleContract;

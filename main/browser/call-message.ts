import { z } from 'zod';

/** What a page may send, over either transport; anything else is junk. */
export const callMessage = z.object({
  id: z.int(),
  path: z.string(),
  input: z.unknown(),
  session: z.string().nullable(),
});
export const cancelMessage = z.object({ cancel_job: z.string(), session: z.string().nullable() });
export type CancelMessage = z.infer<typeof cancelMessage>;

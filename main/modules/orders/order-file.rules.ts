import { z } from 'zod';
import {
  type DraftDocument,
  documentLanguage,
  draftDocument,
  givenConfiguration,
} from '../../../preload/contract/orders.ts';

/** One order as a file: the header and the answers of every build. The wanted day is a date or a number of days from now. */
export const orderFile = z
  .strictObject({
    order_number: z.string().max(200),
    customer_name: z.string().max(500),
    project_name: z.string().max(500).nullish(),
    sales_person: z.string().max(500),
    want_on: z.string().max(40).optional(),
    want_in_days: z.int().min(1).max(3650).optional(),
    document_language: documentLanguage.default('EN'),
    notes: z.string().max(10_000).nullish(),
    family: z.string().max(40).default('MDRD'),
    add_to_existing: z.boolean().default(false),
    builds: z
      .array(z.strictObject({ build_number: z.string().max(200), configuration: givenConfiguration }))
      .min(1)
      .max(100),
  })
  .refine(
    file => (file.want_on === undefined) !== (file.want_in_days === undefined),
    'give either want_on or want_in_days',
  );
export type OrderFile = z.output<typeof orderFile>;
export const orderFileList = z.array(orderFile);

/** The same document the wizard submits. `dayAfter` counts calendar days of the plant. */
export function draftOfFile(file: OrderFile, dayAfter: (days: number) => string): DraftDocument {
  const { order_number, customer_name, sales_person, document_language, family, add_to_existing, builds } =
    file;
  const want_on = file.want_on ?? dayAfter(file.want_in_days ?? 0);
  return draftDocument.parse({
    step: 5,
    family,
    add_to_existing,
    header: {
      order_number,
      customer_name,
      project_name: file.project_name ?? '',
      sales_person,
      want_on,
      document_language,
      notes: file.notes ?? '',
    },
    builds,
    files: [],
  });
}

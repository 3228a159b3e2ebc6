import { z } from 'zod';
import { colorScheme } from '../../db/schema/branding.ts';
import { localText } from '../../db/schema/local-text.ts';
import { documentName } from './document-data.ts';
import { command, empty, idOf, type ModuleContract, query } from './rpc.ts';

const line = (most: number) => z.string().trim().max(most);
const color = z.string().regex(/^#[0-9A-Fa-f]{6}$/, 'a colour as #RRGGBB');
const footer = z.string().trim().max(200);
const brandingFields = {
  display_name: line(200),
  tagline: line(500),
  logo_file_id: idOf('file_uploads').nullable(),
  color_scheme: z.object({ primary: color, secondary: color, accent: color }),
  support_email: line(255),
  support_phone: line(50),
  website_url: line(500),
  address_line1: line(200),
  address_line2: line(200),
  city: line(100),
  state_province: line(100),
  postal_code: line(20),
  country: line(100),
  document_footer: z.object({ en: footer, fr: footer, es: footer }),
};
export const branding = z.object(brandingFields).extend({
  color_scheme: colorScheme,
  document_footer: localText,
  /** Null until it was saved once. */
  row_version: z.int().nullable(),
});
export type Branding = z.infer<typeof branding>;

const form = z.object({
  document: documentName,
  form_number: z.string(),
  form_version: z.string(),
  change_note: z.string(),
  /** Null for the number the program ships with. */
  changed_by_name: z.string().nullable(),
  valid_from_at_ms: z.int().nullable(),
});
export type RegisteredForm = z.infer<typeof form>;

/** How the organization shows itself on paper, and the register of its forms. */
export const brandingContract = {
  get: query({ allow: 'signed_in', input: empty, output: branding }),
  save: command({
    allow: 'settings:update',
    input: z.object(brandingFields).extend({ row_version: z.int().nullable() }),
    output: z.object({ row_version: z.int() }),
    refusals: [
      'row_changed',
      'row_not_found',
      'value_not_valid',
      'file_unknown',
      'file_missing',
      'logo_not_a_picture',
      'logo_too_large',
      'logo_too_narrow',
    ],
  }),
  /** The form in force of each document, then its earlier versions. */
  forms: query({
    allow: 'settings:read',
    input: empty,
    output: z.object({ forms: z.array(form), history: z.array(form) }),
  }),
  registerForm: command({
    allow: 'settings:update',
    input: z.object({
      document: documentName,
      form_number: z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9][A-Za-z0-9.-]{1,39}$/, 'letters, digits, . and - only'),
      form_version: z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9.]{1,20}$/, 'letters, digits and . only'),
      change_note: z.string().trim().min(3).max(500),
    }),
    output: empty,
    refusals: ['already_exists', 'value_not_valid'],
  }),
} satisfies ModuleContract;

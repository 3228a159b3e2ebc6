import { z } from 'zod';
import { instant, json, ref, text } from '../kit/columns.ts';
import { appendOnly, defineTable, twoWay } from '../kit/define-table.ts';
import { localText } from './local-text.ts';

export const BRAND_COLORS = ['primary', 'secondary', 'accent'] as const;
export const colorScheme = z.object({ primary: z.string(), secondary: z.string(), accent: z.string() });

export const organization_branding = defineTable(
  'organization_branding',
  {
    brand_code: text(20).about('one row per organization'),
    company_name: text(200).optional(),
    display_name: text(200).optional(),
    tagline: text(500).optional(),
    logo_file_id: ref('file_uploads', 'set null').optional(),
    color_scheme: json(colorScheme).optional(),
    support_email: text(255).optional(),
    support_phone: text(50).optional(),
    website_url: text(500).optional(),
    address_line1: text(200).optional(),
    address_line2: text(200).optional(),
    city: text(100).optional(),
    state_province: text(100).optional(),
    postal_code: text(20).optional(),
    country: text(100).optional(),
    document_footer: json(localText).optional().about('foot of printed documents'),
  },
  {
    row_is: 'How the organization shows itself on paper and on screen.',
    sync: twoWay('merge_columns'),
    unique: [['brand_code']],
    identified_by: 'brand_code',
  },
);

export const document_forms = defineTable(
  'document_forms',
  {
    document_name: text(60).about('the printed document of the program'),
    form_number: text(40),
    form_version: text(20),
    change_note: text(500),
    valid_from_at_ms: instant(),
    changed_by: ref('users'),
  },
  {
    row_is: 'A version of a form in the register: its number, who changed it and since when.',
    sync: appendOnly(),
    unique: [['document_name', 'form_number', 'form_version']],
    indexes: [['document_name', 'valid_from_at_ms']],
    identified_by: 'form_number',
  },
);

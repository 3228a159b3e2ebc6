import {
  Button,
  ColorInput,
  Group,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Branding } from '../../../../preload/contract/branding.ts';
import type { DocumentFrame } from '../../../../preload/contract/document-data.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../../../app/i18n.ts';
import { useMe } from '../../../app/session.tsx';
import { frameSampleHtml } from '../../../print/frame-sample.tsx';
import { ask, failureFrom, inlineUrl, type RpcFailure, upload } from '../../../rpc/client.ts';
import { useCommand } from '../../../rpc/hooks.ts';
import { FileDrop } from '../../../ui/FileDrop.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';

const LINES = [
  'display_name',
  'tagline',
  'address_line1',
  'address_line2',
  'city',
  'state_province',
  'postal_code',
  'country',
  'support_phone',
  'support_email',
  'website_url',
] as const;
const COLORS = ['primary', 'secondary', 'accent'] as const;

async function storeLogo(file: File) {
  const original_name = file.name;
  const { ticket } = await ask('infrastructure.prepareUpload', { original_name, size_bytes: file.size });
  await upload(ticket, file);
  const link = {
    entity_type: 'organization_branding' as const,
    entity_id: crypto.randomUUID(),
    link_role: 'OTHER' as const,
  };
  return (await ask('infrastructure.registerFile', { ticket, original_name, links: [link] })).file_upload_id;
}
const asDataUrl = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
/** The stored logo as the printed frame holds it. */
function useLogo(file_upload_id: Branding['logo_file_id']): string | null {
  const { data } = useQuery({
    queryKey: ['logo', file_upload_id],
    enabled: file_upload_id !== null,
    queryFn: async () => {
      if (file_upload_id === null) return null;
      const { ticket } = await ask('infrastructure.openFile', { file_upload_id });
      return asDataUrl(await (await fetch(inlineUrl(ticket))).blob());
    },
  });
  return file_upload_id === null ? null : (data ?? null);
}

/** What stands on every page, with the frame of a page beside it as it will print. */
export function BrandingForm({ given }: { given: Branding }) {
  const t = useTexts('branding');
  const [brand, setBrand] = useState(given);
  const [failure, setFailure] = useState<RpcFailure | null>(null);
  const save = useCommand('branding.save');
  const change = (patch: Partial<Branding>) => setBrand(before => ({ ...before, ...patch }));
  const take = async (file: File) => {
    setFailure(null);
    try {
      change({ logo_file_id: await storeLogo(file) });
    } catch (error) {
      setFailure(failureFrom(error));
    }
  };
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <Stack gap="sm">
        <FileDrop
          label={t('drop_logo')}
          hint={t('logo_hint')}
          accept={['image/png', 'image/jpeg', 'image/svg+xml']}
          multiple={false}
          onFiles={([file]) => void (file && take(file))}
        />
        {brand.logo_file_id && (
          <Group>
            <Button size="compact-sm" variant="default" onClick={() => change({ logo_file_id: null })}>
              {t('remove_logo')}
            </Button>
          </Group>
        )}
        <RefusalNotice failure={failure ?? save.failure} />
        <SimpleGrid cols={2} spacing="sm">
          {LINES.map(field => (
            <TextInput
              key={field}
              label={t(`fields.${field}`)}
              value={brand[field]}
              maxLength={200}
              onChange={event => change({ [field]: event.currentTarget.value })}
            />
          ))}
        </SimpleGrid>
        <SimpleGrid cols={3} spacing="sm">
          {COLORS.map(name => (
            <ColorInput
              key={name}
              label={t(`colors.${name}`)}
              eyeDropperButtonProps={{ 'aria-label': t('pick_color') }}
              value={brand.color_scheme[name]}
              onChange={value => change({ color_scheme: { ...brand.color_scheme, [name]: value } })}
            />
          ))}
        </SimpleGrid>
        {LANGUAGES.map(language => (
          <TextInput
            key={language}
            label={`${t('footer')} · ${LANGUAGE_NAMES[language]}`}
            value={brand.document_footer[language]}
            maxLength={200}
            onChange={event =>
              change({ document_footer: { ...brand.document_footer, [language]: event.currentTarget.value } })
            }
          />
        ))}
        <Group>
          <Button loading={save.pending} onClick={() => void save.run(brand).catch(() => undefined)}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
      <FramePreview brand={brand} />
    </SimpleGrid>
  );
}

function FramePreview({ brand }: { brand: Branding }) {
  const t = useTexts('branding');
  const { locale, plant_name, full_name } = useMe();
  const [paper, setPaper] = useState<'LETTER' | 'A4'>('LETTER');
  const logo = useLogo(brand.logo_file_id);
  const place = [brand.city, brand.state_province, brand.postal_code].filter(Boolean).join(', ');
  const reach = [brand.support_phone, brand.support_email, brand.website_url].filter(Boolean).join(' · ');
  const frame: DocumentFrame = {
    form_id: 'MW-F-101',
    form_version: 'V01',
    organization_name: brand.display_name,
    plant_name: plant_name ?? '',
    order_number: 'PO-0000',
    build_number: null,
    printed_at: '2026-11-20 14:32',
    printed_by: full_name,
    brand: {
      house: brand.display_name,
      address: [brand.address_line1, brand.address_line2, place, brand.country, reach].filter(Boolean),
      footer: brand.document_footer,
      accent: brand.color_scheme.accent,
      logo,
    },
  };
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text fw={600}>{t('preview')}</Text>
        <SegmentedControl
          size="xs"
          aria-label={t('paper')}
          data={['LETTER', 'A4']}
          value={paper}
          onChange={value => setPaper(value === 'A4' ? 'A4' : 'LETTER')}
        />
      </Group>
      <iframe
        title={t('preview')}
        srcDoc={frameSampleHtml(frame, { language: locale, paper })}
        sandbox=""
        style={{ width: '100%', height: 620, border: 0, background: '#cfd2d6' }}
      />
    </Stack>
  );
}

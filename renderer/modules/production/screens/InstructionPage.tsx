import { Alert, Anchor, Badge, Code, Group, List, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link, useParams } from 'react-router';
import { instructionSummary, type InstructionPage as Page } from '../../../../preload/contract/production.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatInstant } from '../../../ui/formats.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';

import { InstructionActions } from '../parts/InstructionActions.tsx';
import { ReadConfirmation } from '../parts/ReadConfirmation.tsx';
import { StepPicture } from '../parts/StepPicture.tsx';

type Locale = 'en' | 'fr' | 'es';

export default function InstructionPage() {
  const t = useTexts('production');
  const { instruction_id = '' } = useParams();
  const id = instructionSummary.shape.instruction_id.safeParse(instruction_id);
  return id.success ? <Shown instruction_id={id.data} /> : <EmptyState title={t('unknown_instruction')} />;
}

/** One instruction to read: when it applies, what it needs, its steps, its versions. */
function Shown({ instruction_id }: { instruction_id: Page['instruction_id'] }) {
  const t = useTexts('production');
  const { locale } = useMe();
  const { data, error } = useAsk('production.getInstruction', { instruction_id });
  if (error) return <RefusalNotice failure={error} />;
  if (!data) return null;
  return (
    <Stack gap="md">
      <PageHeader
        title={`${data.instruction_code} ${data.title[locale] || data.title.en}`}
        crumbs={[{ label: t('instructions'), to: '/instructions' }]}
        actions={<InstructionActions page={data} />}
        status={
          <Badge variant="default">{`${t(`statuses.${data.status}`)} · ${t('version')} ${data.instruction_version}`}</Badge>
        }
      />
      <Text>{data.description[locale] || data.description.en}</Text>
      <Facts page={data} locale={locale} />
      <Title order={2} size="h4">
        {t('steps')}
      </Title>
      {data.steps.map(step => (
        <Paper key={step.step_number} withBorder p="sm">
          <Group justify="space-between" wrap="nowrap" align="start">
            <Text>
              <b>{step.step_number}</b> {step.description[locale] || step.description.en}
            </Text>
            <Text size="sm" className="figures">
              {t('minutes_of', { minutes: step.estimated_minutes })}
            </Text>
          </Group>
          {step.safety_notes && (
            <Alert
              color="yellow"
              variant="outline"
              mt="xs"
              icon={<IconAlertTriangle aria-hidden />}
              styles={{ title: { color: 'var(--mantine-color-text)' } }}
              title={t('safety')}
            >
              {step.safety_notes[locale] || step.safety_notes.en}
            </Alert>
          )}
          <StepPicture step={step} alt={step.description[locale] || step.description.en} />
        </Paper>
      ))}
      <Title order={2} size="h4">
        {t('versions')}
      </Title>
      <List>
        {data.versions.map(version => (
          <List.Item key={version.instruction_id}>
            <Anchor component={Link} to={`/instructions/${version.instruction_id}`}>
              {`${t('version')} ${version.instruction_version}`}
            </Anchor>
            {` · ${t(`statuses.${version.status}`)} · ${formatInstant(version.created_at_ms)}`}
          </List.Item>
        ))}
      </List>
      <ReadConfirmation page={data} />
    </Stack>
  );
}

function Facts({ page, locale }: { page: Page; locale: Locale }) {
  const t = useTexts('production');
  const row = page.for_each_when_words?.[locale] ?? page.for_each_when;
  const repeated = page.for_each && [t(`groups.${page.for_each}`), row].filter(Boolean).join(' · ');
  const facts: [string, string | null][] = [
    [t('for_each'), repeated],
    [t('after'), page.after_codes.join(', ')],
    [t('minutes'), String(page.estimated_minutes)],
    [t('form'), page.form_id],
    [t('material'), page.material_number],
    [t('tools'), page.tools.map(tool => tool.names[locale]).join(', ')],
    [t('bom_groups'), page.bom_groups.join(', ')],
    [t('parts'), page.material_numbers.join(', ')],
  ];
  return (
    <Table withTableBorder>
      <Table.Tbody>
        <Table.Tr>
          <Table.Th w={220}>{t('applies_when')}</Table.Th>
          <Table.Td>
            {page.applies_when_words?.[locale]}{' '}
            {page.applies_when !== 'true' && <Code>{page.applies_when}</Code>}
          </Table.Td>
        </Table.Tr>
        {facts
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <Table.Tr key={label}>
              <Table.Th>{label}</Table.Th>
              <Table.Td>{value}</Table.Td>
            </Table.Tr>
          ))}
      </Table.Tbody>
    </Table>
  );
}

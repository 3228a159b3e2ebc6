import { Button, Code, Group, Stack, Stepper, Table, Text, Title } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { type ImportKindName, importKind } from '../../../../preload/contract/imports.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { copyText } from '../../../ui/grid-column.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { CheckStep } from '../parts/CheckStep.tsx';
import { ColumnsStep } from '../parts/ColumnsStep.tsx';
import { FileStep } from '../parts/FileStep.tsx';
import { type ImportFlow, useImport } from '../parts/use-import.ts';

const STEPS = ['file', 'columns', 'check', 'done'] as const;

export default function ImportsScreen() {
  const { kind = '' } = useParams();
  const known = importKind.safeParse(kind);
  return known.success ? <Wizard key={known.data} kind={known.data} /> : <KindChoice />;
}

function KindChoice() {
  const t = useTexts('imports');
  const { data } = useAsk('imports.kinds', {});
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('choose_kind')} />
      <Stack gap="xs" maw={420}>
        {data?.kinds.map(kind => (
          <Button
            key={kind}
            component={Link}
            to={`/import/${kind}`}
            variant="default"
            justify="start"
            size="md"
          >
            {t(`kinds.${kind}`)}
          </Button>
        ))}
        {data?.kinds.length === 0 && <EmptyState title={t('refusals.import_unknown')} />}
      </Stack>
    </>
  );
}

/** Drop a file, say which column is what, see what would change, apply all of it or nothing. */
function Wizard({ kind }: { kind: ImportKindName }) {
  const t = useTexts('imports');
  const flow = useImport(kind);
  const { step, file, found } = flow;
  return (
    <>
      <PageHeader
        title={t('title_of', { kind: t(`kinds.${kind}`) })}
        crumbs={[{ label: t('title'), to: '/import' }]}
        subtitle={file && [file.file_name, file.sheet].filter(Boolean).join(' · ')}
      />
      <Stack gap="md" style={{ flex: 1, minHeight: 0 }}>
        <Stepper active={STEPS.indexOf(step)} size="xs" maw={700} allowNextStepsSelect={false}>
          {STEPS.map(name => (
            <Stepper.Step key={name} label={t(`steps.${name}`)} />
          ))}
        </Stepper>
        {step === 'file' && <FileStep kind={kind} flow={flow} />}
        {step === 'columns' && file && <ColumnsStep flow={flow} file={file} />}
        {step === 'check' && file && found && (
          <CheckStep key={found.fingerprint + found.counts.problems} flow={flow} file={file} found={found} />
        )}
        {step === 'done' && <Done flow={flow} />}
      </Stack>
    </>
  );
}

function Done({ flow }: { flow: ImportFlow }) {
  const t = useTexts('imports');
  const made = flow.applying.state.value;
  if (!made) return null;
  const { counts, notices } = made;
  const all = notices.map(({ label, value }) => `${label}\t${value}`).join('\n');
  return (
    <Stack gap="md" maw={700}>
      <Text role="status" fw={600}>
        {t('applied', { ...counts })}
      </Text>
      {notices.length > 0 && (
        <>
          <Group justify="space-between">
            <Title order={2} size="h5">
              {t('notices_title')}
            </Title>
            <Button size="compact-sm" variant="default" onClick={() => void copyText(all)}>
              {t('copy')}
            </Button>
          </Group>
          <Table aria-label={t('notices_title')}>
            <Table.Tbody>
              {notices.map(({ label, value }) => (
                <Table.Tr key={label}>
                  <Table.Td>{label}</Table.Td>
                  <Table.Td>
                    <Code>{value}</Code>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </>
      )}
      <Group>
        <Button onClick={flow.restart}>{t('next_file')}</Button>
      </Group>
    </Stack>
  );
}

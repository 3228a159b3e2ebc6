import { Alert, Badge, Button, Group, Stack, Text, Title, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { type ImportCounts, MOST_SHOWN } from '../../../../preload/contract/imports.ts';
import { formatNumber } from '../../../ui/formats.ts';
import { JobProgress } from '../../../ui/JobProgress.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { DifferenceList } from './DifferenceList.tsx';
import { ProblemList } from './ProblemList.tsx';
import type { Checked, Edit, ImportFlow, Inspected } from './use-import.ts';

const COUNTS = ['rows', 'added', 'changed', 'removed', 'unchanged', 'problems'] as const;
const COLORS: Partial<Record<keyof ImportCounts, string>> = { problems: 'red' };

/** From here on writing takes long enough to be noticed by others. */
const NOTICED_CHANGES = 200;

interface Props {
  flow: ImportFlow;
  file: Inspected;
  found: Checked;
}
/** What the file says, what is wrong with it and what would change; corrections are checked again. */
export function CheckStep({ flow, file, found }: Props) {
  const t = useTexts('imports');
  const [drafts, setDrafts] = useState<Edit[]>(flow.edits);
  const { counts, problems, differences } = found;
  const { checking, applying } = flow;
  const isBusy = checking.state.kind === 'running' || applying.state.kind === 'running';
  const changes = counts.added + counts.changed + counts.removed;
  const correct = (edit: Edit) =>
    setDrafts([...drafts.filter(d => d.row !== edit.row || d.column !== edit.column), edit]);
  return (
    <Stack gap="sm" style={{ flex: 1, minHeight: 0 }}>
      <Group gap="xs" role="status">
        {COUNTS.map(key => (
          <Badge
            key={key}
            variant="light"
            color={(counts[key] > 0 && COLORS[key]) || 'gray'}
            size="lg"
            tt="none"
          >
            {`${t(`counts.${key}`)} ${formatNumber(counts[key])}`}
          </Badge>
        ))}
      </Group>
      <Group gap="xs">
        <Tooltip label={counts.problems > 0 ? t('solve_first') : t('apply_hint')}>
          <Button disabled={counts.problems > 0 || changes === 0 || isBusy} onClick={() => void flow.apply()}>
            {t('apply', { count: changes })}
          </Button>
        </Tooltip>
        <Button variant="default" disabled={isBusy} onClick={() => void flow.check(drafts)}>
          {t('recheck')}
        </Button>
        <Button variant="default" disabled={isBusy} onClick={() => flow.setStep('columns')}>
          {t('back_to_columns')}
        </Button>
        <Button variant="default" disabled={isBusy} onClick={() => void flow.giveUp()}>
          {t('give_up')}
        </Button>
      </Group>
      {changes >= NOTICED_CHANGES && counts.problems === 0 && (
        <Text size="sm" c="dimmed">
          {t('holds')}
        </Text>
      )}
      <JobProgress state={checking.state} onCancel={checking.cancel} phaseText={p => t(`phases.${p}`)} />
      <JobProgress state={applying.state} onCancel={applying.cancel} phaseText={p => t(`phases.${p}`)} />
      {changes === 0 && counts.problems === 0 && (
        <Alert color="gray" variant="light" role="status">
          {t('no_changes')}
        </Alert>
      )}
      {problems.length > 0 && (
        <>
          <Title order={2} size="h5">
            {t('problems_title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('problems_hint')}
          </Text>
          <ProblemList
            file={file}
            problems={problems}
            edits={drafts}
            onEdit={correct}
            onCheck={() => void flow.check(drafts)}
          />
        </>
      )}
      {differences.length > 0 && (
        <>
          <Title order={2} size="h5">
            {t('difference_title')}
          </Title>
          {changes > MOST_SHOWN && <Text size="sm">{t('first_shown', { most: MOST_SHOWN })}</Text>}
          <DifferenceList file={file} differences={differences} />
        </>
      )}
    </Stack>
  );
}

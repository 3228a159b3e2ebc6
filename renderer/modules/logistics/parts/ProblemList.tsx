import { Alert, List } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { LabelProblem } from '../../../../preload/contract/labels.ts';
import { useTexts } from '../../../ui/texts.ts';

/** What would not print as meant, said before anything leaves. */
export function ProblemList({ problems }: { problems: readonly LabelProblem[] }) {
  const t = useTexts('logistics');
  if (problems.length === 0) return null;
  return (
    <Alert
      color="orange"
      variant="light"
      role="alert"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('problems.title', { count: problems.length })}
    >
      <List size="sm">
        {problems.slice(0, 6).map(({ key, code, detail }) => (
          <List.Item key={`${key} ${code} ${detail}`}>{t(`problems.${code}`, { key, detail })}</List.Item>
        ))}
      </List>
    </Alert>
  );
}

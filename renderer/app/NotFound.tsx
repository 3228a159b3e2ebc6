import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { EmptyState } from '../ui/EmptyState.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { useTexts } from '../ui/texts.ts';

export function NotFound() {
  const t = useTexts('app');
  return (
    <>
      <PageHeader title={t('not_found.title')} />
      <EmptyState
        title={t('not_found.title')}
        text={t('not_found.text')}
        action={
          <Button component={Link} to="/" variant="default">
            {t('not_found.home')}
          </Button>
        }
      />
    </>
  );
}

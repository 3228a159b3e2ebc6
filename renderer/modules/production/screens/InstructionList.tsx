import { Button, Stack, Switch } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';

/** Every work instruction with when it applies. */
export default function InstructionList() {
  const t = useTexts('production');
  const { locale, may } = useMe();
  const [all_versions, setAllVersions] = useState(false);
  const list = useAsk('production.listInstructions', { all_versions });
  return (
    <Stack gap="sm" style={{ flex: 1, minHeight: 0 }}>
      <PageHeader
        title={t('instructions')}
        actions={
          may('work_instructions:create') && (
            <Button component={Link} to="/instructions/new" leftSection={<IconPlus size={16} aria-hidden />}>
              {t('editor.new')}
            </Button>
          )
        }
      />
      <RefusalNotice failure={list.error} />
      <DataGrid
        id="instructions"
        label={t('instructions')}
        rows={list.data?.instructions ?? []}
        loading={list.isPending}
        rowKey={row => row.instruction_id}
        href={row => `/instructions/${row.instruction_id}`}
        bar={
          <Switch
            label={t('all_versions')}
            checked={all_versions}
            onChange={event => setAllVersions(event.currentTarget.checked)}
          />
        }
        columns={[
          { key: 'instruction_code', title: t('code'), width: 75 },
          { key: 'title', title: t('name'), width: 270, value: row => row.title[locale] || row.title.en },
          {
            key: 'applies',
            title: t('applies_when'),
            width: 280,
            value: row => row.applies_when_words?.[locale] ?? row.applies_when,
          },
          {
            key: 'for_each',
            title: t('for_each'),
            width: 120,
            value: row => (row.for_each ? t(`groups.${row.for_each}`) : ''),
          },
          { key: 'steps', title: t('steps'), kind: 'number', width: 80 },
          { key: 'estimated_minutes', title: t('minutes'), kind: 'number', width: 90 },
          { key: 'form_id', title: t('form'), width: 100, hidden: true },
          { key: 'instruction_version', title: t('version'), kind: 'number', width: 80 },
          { key: 'status', title: t('status'), width: 120, value: row => t(`statuses.${row.status}`) },
        ]}
      />
    </Stack>
  );
}

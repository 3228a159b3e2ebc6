import { Stack } from '@mantine/core';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';

/** Tools and how many instructions ask for each. */
export default function ToolList() {
  const t = useTexts('production');
  const { locale } = useMe();
  const list = useAsk('production.listTools', {});
  return (
    <Stack gap="sm" style={{ flex: 1, minHeight: 0 }}>
      <PageHeader title={t('tools')} crumbs={[{ label: t('instructions'), to: '/instructions' }]} />
      <RefusalNotice failure={list.error} />
      <DataGrid
        id="tools"
        label={t('tools')}
        rows={list.data?.tools ?? []}
        loading={list.isPending}
        rowKey={row => row.tool_id}
        columns={[
          { key: 'name', title: t('name'), width: 280, value: row => row.names[locale] },
          {
            key: 'category',
            title: t('category'),
            width: 140,
            value: row => (row.category ? t(`categories.${row.category}`) : ''),
          },
          { key: 'description', title: t('description'), width: 420 },
          { key: 'instructions', title: t('used_by'), kind: 'number', width: 140 },
        ]}
      />
    </Stack>
  );
}

import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { formatDay } from '../../../ui/formats.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { type Tool, ToolForm } from '../parts/ToolForm.tsx';

/** Tools and how many instructions ask for each. */
export default function ToolList() {
  const t = useTexts('production');
  const { locale, may } = useMe();
  const mayEdit = may('work_instructions:update');
  const [editing, setEditing] = useState<{ tool: Tool | null } | null>(null);
  const list = useAsk('production.listTools', {});
  return (
    <Stack gap="sm" style={{ flex: 1, minHeight: 0 }}>
      <PageHeader
        title={t('tools')}
        crumbs={[{ label: t('instructions'), to: '/instructions' }]}
        actions={mayEdit && <Button onClick={() => setEditing({ tool: null })}>{t('tool.new')}</Button>}
      />
      <RefusalNotice failure={list.error} />
      <DataGrid
        id="tools"
        label={t('tools')}
        rows={list.data?.tools ?? []}
        loading={list.isPending}
        rowKey={row => row.tool_id}
        onOpen={mayEdit ? tool => setEditing({ tool }) : undefined}
        columns={[
          { key: 'name', title: t('name'), width: 280, value: row => row.names[locale] || row.names.en },
          {
            key: 'category',
            title: t('category'),
            width: 140,
            value: row => (row.category ? t(`categories.${row.category}`) : ''),
          },
          { key: 'description', title: t('description'), width: 420 },
          { key: 'asset_number', title: t('tool.asset'), width: 130 },
          {
            key: 'calibration_due_on',
            title: t('tool.due'),
            kind: 'day',
            width: 170,
            render: row =>
              row.is_calibration_due ? (
                <StatusBadge color="orange" shape="warning" label={formatDay(row.calibration_due_on ?? '')} />
              ) : (
                formatDay(row.calibration_due_on ?? '')
              ),
          },
          { key: 'instructions', title: t('used_by'), kind: 'number', width: 140 },
        ]}
      />
      {editing && <ToolForm tool={editing.tool} onClose={() => setEditing(null)} />}
    </Stack>
  );
}

import { Stack } from '@mantine/core';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { formatSize } from '../../../ui/formats.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';

/** Every label layout with its versions. */
export default function TemplatesScreen() {
  const t = useTexts('logistics');
  const { locale } = useMe();
  const asked = useAsk('logistics.listTemplates', {});
  return (
    <Stack gap="sm" style={{ flex: 1, minHeight: 0 }}>
      <PageHeader title={t('nav.templates')} />
      <RefusalNotice failure={asked.error} />
      <DataGrid
        id="label_templates"
        label={t('nav.templates')}
        rows={asked.data?.rows ?? []}
        loading={asked.isPending}
        rowKey={row => row.template_id}
        href={row => `/admin/labels/${row.template_id}`}
        columns={[
          { key: 'template_code', title: t('templates.code'), width: 170 },
          { key: 'name', title: t('templates.name'), width: 240, value: row => row.template_name[locale] },
          { key: 'type', title: t('run.type'), width: 220, value: row => t(`types.${row.label_type}`) },
          {
            key: 'size',
            title: t('templates.size'),
            width: 150,
            value: row => formatSize(row.width_mm, row.height_mm),
          },
          { key: 'template_version', title: t('templates.version'), kind: 'number', width: 90 },
          {
            key: 'status',
            title: t('templates.status'),
            width: 120,
            value: row => t(`statuses.${row.status}`),
          },
          { key: 'approved_by_name', title: t('templates.approved'), width: 160 },
        ]}
      />
    </Stack>
  );
}

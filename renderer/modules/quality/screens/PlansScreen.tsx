import { Stack } from '@mantine/core';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { formatInstant } from '../../../ui/formats.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { PlanStatusBadge } from '../parts/PlanStatusBadge.tsx';
import { QualityTabs } from '../parts/QualityTabs.tsx';

/** Every version of every form, with how often it was used. */
export default function PlansScreen() {
  const t = useTexts('quality');
  const { locale, timezone } = useMe();
  const list = useAsk('quality.plans', {});
  return (
    <Stack gap="xs" h="100%" style={{ minHeight: 0 }}>
      <PageHeader title={t('nav.plans')} />
      <QualityTabs />
      <RefusalNotice failure={list.error} />
      <DataGrid
        id="inspection_plans"
        label={t('nav.plans')}
        rows={list.data?.plans ?? []}
        loading={list.isPending}
        rowKey={row => row.plan_id}
        href={row => `/quality/plans/${row.plan_id}`}
        timezone={timezone}
        columns={[
          { key: 'plan_code', title: t('plan.code'), width: 180 },
          { key: 'plan_name', title: t('plan.name'), width: 280, value: row => row.plan_name[locale] },
          { key: 'plan_type', title: t('plan.type'), width: 160, value: row => t(`types.${row.plan_type}`) },
          { key: 'form_id', title: t('plan.form_id'), width: 140 },
          { key: 'plan_version', title: t('plan.version'), kind: 'number', width: 90 },
          {
            key: 'status',
            title: t('columns.state'),
            width: 120,
            value: row => t(`plan.statuses.${row.status}`),
            render: row => <PlanStatusBadge status={row.status} />,
          },
          { key: 'checks', title: t('plan.checks'), kind: 'number', width: 90 },
          { key: 'uses', title: t('plan.uses'), kind: 'number', width: 110 },
          {
            key: 'published_at_ms',
            title: t('plan.published'),
            width: 160,
            value: row => formatInstant(row.published_at_ms, timezone),
          },
        ]}
      />
    </Stack>
  );
}

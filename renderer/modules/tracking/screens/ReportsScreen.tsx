import { Card, Group, NativeSelect, SimpleGrid, Stack, Title } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { z } from 'zod';
import { workCenterId } from '../../../../preload/contract/tracking.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { fromAddress } from '../../../ui/address.ts';
import { DayInput } from '../../../ui/DayInput.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { PeriodInput } from '../../../ui/PeriodInput.tsx';
import { Plot, type Series } from '../../../ui/Plot.tsx';
import { daysOf, periodChoice, todayIn } from '../../../ui/period.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { SavedFilters } from '../../infrastructure/parts/SavedFilters.tsx';
import { SumTable } from '../parts/SumTable.tsx';
import { TrackingTabs } from '../parts/TrackingTabs.tsx';
import { WipCards, WipTable } from '../parts/WipCards.tsx';

const LENGTHS = [7, 30, 90, 365];
/** What the screen shows. Kept under a name or in the address. */
const reportView = z.object({
  period: periodChoice.default({ last_days: 30 }),
  work_center_id: workCenterId.optional(),
});
type ReportView = z.infer<typeof reportView>;

/** Numbers first, then what moved day by day and what lay there in the evening. */
export default function ReportsScreen() {
  const t = useTexts('tracking');
  const { timezone } = useMe();
  const today = todayIn(timezone);
  const [params, setParams] = useSearchParams();
  const view = fromAddress(reportView, params.get('view'));
  const show = (next: ReportView) => setParams({ view: JSON.stringify(next) }, { replace: true });
  const [day, setDay] = useState(today);
  const { work_center_id } = view;
  const period = { ...daysOf(view.period, today), work_center_id };
  const centers = useAsk('tracking.workCenters', {}).data?.centers ?? [];
  const wip = useAsk('tracking.wip', {});
  const trend = useAsk('tracking.trend', period, { keepPrevious: true });
  const daily = useAsk('tracking.dailySummary', { day, work_center_id }, { keepPrevious: true });
  const byCenter = useAsk('tracking.byCenter', period, { keepPrevious: true });
  const byUser = useAsk('tracking.byUser', period, { keepPrevious: true });
  const plots = useMemo(() => {
    const rows = trend.data?.days ?? [];
    const moved: Series[] = [
      { name: t('types.IN'), color: 'good', values: rows.map(row => row.in_quantity) },
      { name: t('types.OUT'), color: 'warm', values: rows.map(row => row.out_quantity) },
    ];
    const lying: Series[] = [
      { name: t('reports.lying'), color: 'accent', values: rows.map(row => row.closing) },
    ];
    return { days: rows.map(row => row.day.slice(5)), moved, lying };
  }, [trend.data, t]);
  const ages = useMemo(() => {
    const rows = (wip.data?.rows ?? []).filter(row => row.pieces > 0);
    const series: Series[] = [
      { name: t('reports.wip.up_to_7'), color: 'good', values: rows.map(row => row.ages.up_to_7) },
      { name: t('reports.wip.up_to_30'), color: 'warm', values: rows.map(row => row.ages.up_to_30) },
      { name: t('reports.wip.over_30'), color: 'bad', values: rows.map(row => row.ages.over_30) },
    ];
    return { names: rows.map(row => row.work_center_code), series };
  }, [wip.data, t]);
  const named = (code: string, name: string) => `${code} ${name}`;
  return (
    <Stack gap="sm">
      <PageHeader title={t('reports.title')} />
      <TrackingTabs />
      {wip.data && <WipCards cards={wip.data.cards} />}
      <Group gap="xs">
        <PeriodInput
          value={view.period}
          today={today}
          lengths={LENGTHS}
          onChange={chosen => show({ ...view, period: chosen })}
        />
        <NativeSelect
          size="xs"
          aria-label={t('columns.work_center')}
          value={work_center_id ?? ''}
          data={[
            { value: '', label: t('filters.all_centers') },
            ...centers.map(c => ({
              value: c.work_center_id,
              label: named(c.work_center_code, c.work_center_name),
            })),
          ]}
          onChange={event =>
            show({ ...view, work_center_id: workCenterId.safeParse(event.currentTarget.value).data })
          }
        />
        <SavedFilters list="tracking_reports" filter={view} shape={reportView} onChoose={show} />
      </Group>
      <RefusalNotice failure={trend.error ?? wip.error} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="sm">
        <Part title={t('reports.moved')}>
          <Plot label={t('reports.moved')} kind="bar" categories={plots.days} series={plots.moved} />
        </Part>
        <Part title={t('reports.wip_over_time')}>
          <Plot label={t('reports.wip_over_time')} kind="line" categories={plots.days} series={plots.lying} />
        </Part>
        <Part
          title={t('reports.daily')}
          action={
            <DayInput
              size="xs"
              w={130}
              aria-label={t('reports.day')}
              value={day}
              onChange={value => setDay(value || today)}
            />
          }
        >
          <SumTable
            head={t('columns.work_center')}
            rows={(daily.data?.centers ?? []).map(row => ({
              ...row,
              name: named(row.work_center_code, row.work_center_name),
            }))}
          />
        </Part>
        <Part title={t('reports.ages')}>
          <Plot
            label={t('reports.ages')}
            kind="bar"
            is_stacked
            categories={ages.names}
            series={ages.series}
          />
        </Part>
        <Part title={t('reports.by_center')}>
          <SumTable
            head={t('columns.work_center')}
            rows={(byCenter.data?.rows ?? []).map(row => ({
              ...row,
              name: named(row.work_center_code, row.work_center_name),
            }))}
          />
        </Part>
        <Part title={t('reports.by_user')}>
          <SumTable
            head={t('columns.user_name')}
            rows={(byUser.data?.rows ?? []).map(row => ({ ...row, name: row.user_name }))}
          />
        </Part>
      </SimpleGrid>
      <Part title={t('reports.wip_now')}>{wip.data && <WipTable rows={wip.data.rows} />}</Part>
    </Stack>
  );
}

function Part({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" mb={6}>
        <Title order={2} size="h6">
          {title}
        </Title>
        {action}
      </Group>
      {children}
    </Card>
  );
}

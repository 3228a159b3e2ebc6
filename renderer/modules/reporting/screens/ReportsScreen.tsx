import { SimpleGrid, Stack, Tabs } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { REPORT_SHEETS, REPORTS } from '../../../../preload/contract/life-reports.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { fromAddress } from '../../../ui/address.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { todayIn } from '../../../ui/period.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { ExcelButton } from '../parts/ExcelButton.tsx';
import { Headlines } from '../parts/Headlines.tsx';
import { RecordsPanel } from '../parts/RecordsPanel.tsx';
import { ReportFilters } from '../parts/ReportFilters.tsx';
import { type Chosen, ReportTableCard } from '../parts/ReportTableCard.tsx';
import { filterOf, type ReportView, reportView } from '../parts/report-view.ts';

/** How the work of a period went: figures, plots, tables, and the records behind every number. */
export default function ReportsScreen() {
  const t = useTexts('reporting');
  const { timezone } = useMe();
  const [params, setParams] = useSearchParams();
  const stated = params.get('view');
  const choices = useAsk('reporting.reportChoices', {});
  const open = choices.data?.reports ?? [];
  const wanted = useMemo(() => fromAddress(reportView, stated), [stated]);
  const view = { ...wanted, report: open.find(name => name === wanted.report) ?? open[0] ?? wanted.report };
  const filter = filterOf(view, todayIn(timezone));
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const asked = useAsk(
    'reporting.report',
    { report: view.report, filter },
    { enabled: open.length > 0, keepPrevious: true },
  );
  const show = (next: ReportView) => {
    setChosen(null);
    setParams({ view: JSON.stringify(next) }, { replace: true });
  };
  if (choices.data && open.length === 0)
    return (
      <Stack gap="sm">
        <PageHeader title={t('nav.reports')} />
        <EmptyState title={t('reports.none')} text={t('reports.none_text')} />
      </Stack>
    );
  const [first, ...others] = asked.data?.tables ?? [];
  return (
    <Stack gap="sm" h="100%" style={{ minHeight: 0 }}>
      <PageHeader
        title={t('nav.reports')}
        actions={
          <ExcelButton
            path="reporting.exportReport"
            input={{ report: view.report, filter }}
            sheet={REPORT_SHEETS[REPORTS.indexOf(view.report)]}
          />
        }
      />
      <Tabs
        value={view.report}
        onChange={name => {
          const report = open.find(one => one === name);
          if (report) show({ ...view, report });
        }}
        variant="pills"
      >
        <Tabs.List aria-label={t('nav.reports')}>
          {open.map(name => (
            <Tabs.Tab key={name} value={name} py={4}>
              {t(`reports.names.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      {choices.data && <ReportFilters view={view} choices={choices.data} onChange={show} />}
      <RefusalNotice failure={choices.error ?? asked.error} />
      <div style={{ display: 'flex', gap: 12, flex: 1, minHeight: 0 }}>
        <div key={view.report} style={{ flex: 1, minWidth: 0, overflow: 'auto' }}>
          <Stack gap="sm">
            {asked.data && <Headlines headlines={asked.data.headlines} />}
            {first && <ReportTableCard table={first} onChoose={setChosen} />}
            <SimpleGrid cols={{ base: 1, lg: Math.min(others.length, 2) }} spacing="sm">
              {others.map(table => (
                <ReportTableCard key={table.table} table={table} onChoose={setChosen} />
              ))}
            </SimpleGrid>
          </Stack>
        </div>
        {chosen && (
          <RecordsPanel
            report={view.report}
            filter={filter}
            chosen={chosen}
            onClose={() => setChosen(null)}
          />
        )}
      </div>
    </Stack>
  );
}

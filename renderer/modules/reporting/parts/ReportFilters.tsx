import { Group, NativeSelect, Select } from '@mantine/core';
import { REPORT_STEPS, reportFilter } from '../../../../preload/contract/life-reports.ts';
import { useMe } from '../../../app/session.tsx';
import type { OutputAt } from '../../../rpc/paths.ts';
import { PeriodInput } from '../../../ui/PeriodInput.tsx';
import { todayIn } from '../../../ui/period.ts';
import { useTexts } from '../../../ui/texts.ts';
import { SavedFilters } from '../../infrastructure/parts/SavedFilters.tsx';
import { type ReportView, reportView } from './report-view.ts';

const LENGTHS = [30, 90, 365];
interface Props {
  view: ReportView;
  choices: OutputAt<'reporting.reportChoices'>;
  onChange: (view: ReportView) => void;
}
/** Days, steps, plant and family, and views kept under a name. */
export function ReportFilters({ view, choices, onChange }: Props) {
  const t = useTexts('reporting');
  const { timezone } = useMe();
  return (
    <Group gap={6}>
      <PeriodInput
        value={view.period}
        today={todayIn(timezone)}
        lengths={LENGTHS}
        onChange={period => onChange({ ...view, period })}
      />
      <NativeSelect
        size="xs"
        aria-label={t('reports.by')}
        value={view.by}
        data={REPORT_STEPS.map(step => ({ value: step, label: t(`reports.steps.${step}`) }))}
        onChange={event => {
          const by = REPORT_STEPS.find(step => step === event.currentTarget.value);
          if (by) onChange({ ...view, by });
        }}
      />
      {choices.plants.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label={t('reports.plant')}
          value={view.plant_id ?? ''}
          data={[
            { value: '', label: t('reports.all_plants') },
            ...choices.plants.map(plant => ({ value: plant.plant_id, label: plant.plant_name })),
          ]}
          onChange={event => {
            const plant_id = reportFilter.shape.plant_id.safeParse(event.currentTarget.value).data;
            onChange({ ...view, plant_id });
          }}
        />
      )}
      {view.report !== 'service' && choices.families.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label={t('reports.family')}
          value={view.family ?? ''}
          data={[
            { value: '', label: t('reports.all_families') },
            ...choices.families.map(family => ({ value: family, label: family })),
          ]}
          onChange={event => onChange({ ...view, family: event.currentTarget.value || undefined })}
        />
      )}
      {view.report !== 'service' && choices.customers.length > 1 && (
        <Select
          size="xs"
          w={220}
          searchable
          clearable
          aria-label={t('reports.customer')}
          placeholder={t('reports.all_customers')}
          value={view.customer_name ?? null}
          data={choices.customers}
          onChange={chosen => onChange({ ...view, customer_name: chosen ?? undefined })}
        />
      )}
      <SavedFilters list="reports" filter={view} shape={reportView} onChoose={onChange} />
    </Group>
  );
}

import { Group, Select } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import dayjs from 'dayjs';
import { useState } from 'react';
import { auditAction } from '../../../../preload/contract/infrastructure.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import type { InputAt } from '../../../rpc/paths.ts';
import { SideDialog } from '../../../ui/Dialog.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { SearchInput } from '../../../ui/SearchInput.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { type AuditRow, AuditRows } from '../parts/AuditRows.tsx';
import { EntityHistory } from '../parts/EntityHistory.tsx';
import { VerifyTrail } from '../parts/VerifyTrail.tsx';

type Filter = InputAt<'infrastructure.listAudit'>;
const ACTIONS = auditAction.options;
const STEP = 100;
const MOST = 500;
const DAY_MS = 86_400_000;

export default function AuditScreen() {
  const t = useTexts('infrastructure');
  const [filter, setFilter] = useState<Filter>({});
  const [days, setDays] = useState<[string | null, string | null]>([null, null]);
  const [limit, setLimit] = useState(STEP);
  const [record, setRecord] = useState<AuditRow | null>(null);
  const facets = useAsk('infrastructure.auditFacets', {});
  const [from, to] = days;
  const period = {
    ...(from && { from_ms: dayjs(from).valueOf() }),
    ...(to && { to_ms: dayjs(to).valueOf() + DAY_MS }),
  };
  const found = useAsk('infrastructure.listAudit', { ...filter, ...period, limit }, { keepPrevious: true });
  const change = (part: Filter) => {
    setLimit(STEP);
    setFilter(held => ({ ...held, ...part }));
  };
  const entityName = (type: string) =>
    t(`audit.entities.${type}`, { defaultValue: type.replaceAll('_', ' ') });
  return (
    <>
      <PageHeader title={t('audit.title')} />
      <VerifyTrail />
      <Group gap={6} pb="sm">
        <SearchInput
          value={filter.text ?? ''}
          onChange={text => change({ text: text || undefined })}
          label={t('audit.find')}
          width={230}
        />
        <Select
          aria-label={t('audit.entity')}
          w={145}
          placeholder={t('audit.any_entity')}
          searchable
          clearable
          data={(facets.data?.entity_types ?? []).map(value => ({ value, label: entityName(value) }))}
          value={filter.entity_type ?? null}
          onChange={value => change({ entity_type: value ?? undefined })}
        />
        <Select
          aria-label={t('audit.user')}
          w={145}
          placeholder={t('audit.any_user')}
          searchable
          clearable
          data={(facets.data?.users ?? []).map(u => ({ value: u.user_id, label: u.full_name }))}
          value={filter.user_id ?? null}
          onChange={value => change({ user_id: value ?? undefined })}
        />
        <Select
          aria-label={t('audit.action')}
          w={145}
          placeholder={t('audit.any_action')}
          clearable
          data={ACTIONS.map(value => ({ value, label: t(`audit.actions.${value}`) }))}
          value={filter.action ?? null}
          onChange={value => change({ action: ACTIONS.find(a => a === value) })}
        />
        <Select
          aria-label={t('audit.result')}
          placeholder={t('audit.any_result')}
          clearable
          w={145}
          data={[
            { value: 'true', label: t('audit.succeeded') },
            { value: 'false', label: t('audit.failed') },
          ]}
          value={filter.success === undefined ? null : String(filter.success)}
          onChange={value => change({ success: value === null ? undefined : value === 'true' })}
        />
        <DatePickerInput
          type="range"
          placeholder={t('audit.any_period')}
          clearable
          valueFormat="YYYY-MM-DD"
          value={days}
          onChange={setDays}
          w={205}
        />
      </Group>
      <RefusalNotice failure={found.error} />
      {found.data?.rows.length === 0 && <EmptyState title={t('audit.none')} />}
      {found.data && found.data.rows.length > 0 && (
        <AuditRows
          rows={found.data.rows}
          showEntity
          onEntity={setRecord}
          onMore={
            found.data.next && limit < MOST ? () => setLimit(held => Math.min(MOST, held + STEP)) : undefined
          }
        />
      )}
      <SideDialog
        opened={record !== null}
        onClose={() => setRecord(null)}
        size="xl"
        title={record && `${entityName(record.entity_type)} ${record.entity_identifier ?? ''}`}
      >
        {record?.entity_id && <EntityHistory entity_type={record.entity_type} entity_id={record.entity_id} />}
      </SideDialog>
    </>
  );
}

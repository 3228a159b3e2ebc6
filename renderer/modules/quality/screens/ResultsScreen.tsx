import { Alert, Button, List, NativeSelect, Stack } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { inspectionResult, planType } from '../../../../preload/contract/inspection.ts';
import { useMe } from '../../../app/session.tsx';
import { ask, failureFrom } from '../../../rpc/client.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FilterBar } from '../../../ui/FilterBar.tsx';
import { formatInstant } from '../../../ui/formats.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { SearchInput } from '../../../ui/SearchInput.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { useSource } from '../../tracking/parts/use-source.ts';
import { QualityTabs } from '../parts/QualityTabs.tsx';
import { ResultBadge } from '../parts/ResultBadge.tsx';

type Verified = OutputAt<'quality.verify'>;

/** Every signed inspection, and the check that none of them was changed since. */
export default function ResultsScreen() {
  const t = useTexts('quality');
  const { timezone } = useMe();
  const [kind, setKind] = useState('');
  const [result, setResult] = useState('');
  const [text, setText] = useState('');
  const [verified, setVerified] = useState<Verified | null>(null);
  const [isVerifying, setVerifying] = useState(false);
  const plan_type = planType.safeParse(kind).data ?? null;
  const overall_result = inspectionResult.safeParse(result).data ?? null;
  const { source, total, isPending, error } = useSource(
    'quality.results',
    [plan_type, overall_result, text],
    (offset, limit) => ask('quality.results', { plan_type, overall_result, text, offset, limit }),
  );
  const verify = async () => {
    setVerifying(true);
    try {
      setVerified(await ask('quality.verify', {}));
    } finally {
      setVerifying(false);
    }
  };
  return (
    <Stack gap="xs" h="100%" style={{ minHeight: 0 }}>
      <PageHeader
        title={t('results_title', { count: total })}
        actions={
          <Button
            variant="default"
            leftSection={<IconShieldCheck size={16} />}
            loading={isVerifying}
            onClick={() => void verify()}
          >
            {t('verify.start')}
          </Button>
        }
      />
      <QualityTabs />
      {verified && <Findings verified={verified} onClose={() => setVerified(null)} />}
      <FilterBar>
        <SearchInput value={text} onChange={setText} label={t('find')} />
        <NativeSelect
          aria-label={t('columns.form')}
          value={kind}
          data={[
            { value: '', label: t('any_form') },
            ...planType.options.map(value => ({ value, label: t(`types.${value}`) })),
          ]}
          onChange={event => setKind(event.currentTarget.value)}
        />
        <NativeSelect
          aria-label={t('columns.result')}
          value={result}
          data={[
            { value: '', label: t('any_result') },
            ...(['PASS', 'FAIL'] as const).map(value => ({ value, label: t(`results.${value}`) })),
          ]}
          onChange={event => setResult(event.currentTarget.value)}
        />
      </FilterBar>
      <RefusalNotice failure={error && failureFrom(error)} />
      <DataGrid
        id="inspection_results"
        label={t('nav.results')}
        source={source}
        sort={null}
        loading={isPending}
        rowKey={row => row.log_id}
        href={row => `/quality/forms/${row.log_id}`}
        timezone={timezone}
        columns={[
          {
            key: 'signed_at_ms',
            title: t('columns.signed_at'),
            width: 150,
            value: row => formatInstant(row.signed_at_ms, timezone),
          },
          {
            key: 'plan_type',
            title: t('columns.form'),
            width: 160,
            value: row => t(`types.${row.plan_type}`),
          },
          { key: 'order_number', title: t('columns.order'), width: 110 },
          { key: 'build_number', title: t('columns.build'), width: 110 },
          { key: 'customer_name', title: t('columns.customer'), width: 200 },
          {
            key: 'overall_result',
            title: t('columns.result'),
            width: 120,
            value: row => t(`results.${row.overall_result}`),
            render: row => <ResultBadge result={row.overall_result} />,
          },
          {
            key: 'attempt_no',
            title: t('columns.attempt'),
            width: 150,
            value: row =>
              t(row.is_correction ? 'attempt_corrected' : 'attempt', {
                attempt: row.attempt_no,
                revision: row.revision_no,
              }),
          },
          {
            key: 'failure_category',
            title: t('columns.cause'),
            width: 160,
            value: row => (row.failure_category ? t(`categories.${row.failure_category}`) : ''),
          },
          { key: 'inspector_name', title: t('columns.inspector'), width: 150 },
          { key: 'job_id', title: t('columns.job_id'), width: 110, hidden: true },
        ]}
        empty={<EmptyState title={t('no_results')} text={t('no_results_text')} />}
      />
    </Stack>
  );
}

export function Findings({ verified, onClose }: { verified: Verified; onClose: () => void }) {
  const t = useTexts('quality');
  const { signatures, findings } = verified;
  const isSound = findings.length === 0;
  return (
    <Alert
      role="status"
      color={isSound ? 'green' : 'red'}
      variant="light"
      withCloseButton
      closeButtonLabel={t('close')}
      onClose={onClose}
      title={t(isSound ? 'verify.sound' : 'verify.broken', { count: signatures, places: findings.length })}
    >
      {!isSound && (
        <List size="sm">
          {findings.map(f => (
            <List.Item key={`${f.signature_id} ${f.kind} ${f.where}`}>
              {`${f.order_number} ${f.build_number} · ${f.plan_type ? t(`types.${f.plan_type}`) : ''} · ${t(`verify.kinds.${f.kind}`)}: ${f.where}`}
              {f.kind === 'content_changed' &&
                ` · ${t('verify.change', { signed: f.signed, found: f.found })}`}
            </List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}

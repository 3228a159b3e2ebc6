import { Alert, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ImportResult } from '../../../../preload/contract/catalogue.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useJob } from '../../../rpc/hooks.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FileDrop } from '../../../ui/FileDrop.tsx';
import { formatInstant, formatNumber } from '../../../ui/formats.ts';
import { JobProgress } from '../../../ui/JobProgress.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { type Texts, useTexts } from '../../../ui/texts.ts';

type ReportRow = ImportResult['report'][number];
interface Chosen {
  name: string;
  text: string;
}
const MARKS = {
  error: { color: 'red', shape: 'cross' },
  warning: { color: 'orange', shape: 'wait' },
  info: { color: 'gray', shape: 'dot' },
} as const;
const SEVERITIES = ['all', 'error', 'warning', 'info'] as const;

/** Catalogue files: drop them, read the report, apply all or nothing. */
export function ImportScreen() {
  const t = useTexts('catalogue');
  const { timezone, may } = useMe();
  const [files, setFiles] = useState<Chosen[]>([]);
  const [broken, setBroken] = useState<string | null>(null);
  const [show, setShow] = useState<(typeof SEVERITIES)[number]>('all');
  const check = useJob('catalogue.importCatalogue');
  const apply = useJob('catalogue.importCatalogue');
  const imports = useAsk('catalogue.listImports', {});
  const result = apply.state.value ?? check.state.value;
  const rows = useMemo(
    () =>
      (result?.report ?? [])
        .filter(row => show === 'all' || row.severity === show)
        .map((row, index) => ({ ...row, key: String(index) })),
    [result, show],
  );

  async function take(dropped: File[]) {
    apply.reset();
    setBroken(null);
    const read = await Promise.all(
      dropped.map(async file => ({ name: file.name, text: decode(await file.arrayBuffer()) })),
    );
    const damaged = read.find(file => file.text === undefined);
    if (damaged) {
      setBroken(t('refusals.import_file_not_text', { file: damaged.name }));
      return;
    }
    const chosen = read.flatMap(({ name, text }) => (text === undefined ? [] : [{ name, text }]));
    const together = [...files.filter(file => !chosen.some(other => other.name === file.name)), ...chosen];
    setFiles(together);
    await check.start({ files: together, dry_run: true });
  }
  const isBusy = check.state.kind === 'running' || apply.state.kind === 'running';
  return (
    <>
      <PageHeader
        title={t('import.title')}
        crumbs={[{ label: t('list.title'), to: '/catalogue' }, { label: t('import.title') }]}
      />
      <Stack gap="sm" style={{ flex: 1, minHeight: 0 }}>
        {may('materials:import') && (
          <FileDrop
            onFiles={dropped => void take(dropped)}
            hint={t('import.hint')}
            loading={isBusy}
            max_bytes={16 * 1024 * 1024}
          />
        )}
        {files.length > 0 && (
          <Group gap="xs">
            <Text size="sm">{t('import.chosen', { files: files.map(file => file.name).join(', ') })}</Text>
            <Button
              size="compact-sm"
              variant="subtle"
              disabled={isBusy}
              onClick={() => [setFiles([]), check.reset(), apply.reset()]}
            >
              {t('import.clear')}
            </Button>
          </Group>
        )}
        {broken && (
          <Alert color="red" variant="light" role="alert">
            {broken}
          </Alert>
        )}
        <JobProgress state={check.state} onCancel={check.cancel} phaseText={phase => t(`phases.${phase}`)} />
        <JobProgress state={apply.state} onCancel={apply.cancel} phaseText={phase => t(`phases.${phase}`)} />
        {result && (
          <>
            <Summary result={result} t={t} />
            <Group justify="space-between">
              <SegmentedControl
                size="xs"
                aria-label={t('import.show')}
                data={SEVERITIES.map(value => ({ value, label: t(`import.severities.${value}`) }))}
                value={show}
                onChange={value => setShow(SEVERITIES.find(known => known === value) ?? 'all')}
              />
              <Group gap="xs">
                <Button variant="default" onClick={() => save(result)}>
                  {t('import.download')}
                </Button>
                <Button
                  disabled={result.errors > 0 || !result.dry_run || result.changes_total === 0 || isBusy}
                  onClick={() => void apply.start({ files, dry_run: false })}
                >
                  {t('import.apply')}
                </Button>
              </Group>
            </Group>
            <DataGrid
              id="catalogue.import"
              label={t('import.report')}
              rows={rows}
              rowKey={row => row.key}
              columns={[
                {
                  key: 'severity',
                  title: t('import.severity'),
                  width: 120,
                  value: row => t(`import.severity_of.${row.severity}`),
                  render: row => (
                    <StatusBadge label={t(`import.severity_of.${row.severity}`)} {...MARKS[row.severity]} />
                  ),
                },
                { key: 'rule', title: t('import.rule'), width: 70, align: 'right', value: row => row.rule },
                { key: 'row', title: t('import.row'), width: 240, value: row => row.row },
                { key: 'message', title: t('import.message'), width: 760, value: row => wordRow(t, row) },
              ]}
            />
          </>
        )}
        {!result && !isBusy && (
          <>
            <RefusalNotice failure={imports.error} />
            {imports.data?.imports.length === 0 && (
              <EmptyState title={t('import.none')} hint={t('import.none_hint')} />
            )}
            {imports.data && imports.data.imports.length > 0 && (
              <DataGrid
                id="catalogue.imports"
                label={t('import.earlier')}
                rows={imports.data.imports}
                rowKey={row => row.import_id}
                columns={[
                  {
                    key: 'at',
                    title: t('import.at'),
                    width: 180,
                    value: row => formatInstant(row.created_at_ms, timezone),
                  },
                  { key: 'by', title: t('import.by'), width: 180, value: row => row.created_by_name },
                  { key: 'source', title: t('import.source'), width: 420, value: row => row.source_name },
                  {
                    key: 'changes',
                    title: t('import.changes'),
                    width: 420,
                    value: row => wordChanges(t, row.changes),
                  },
                ]}
              />
            )}
          </>
        )}
      </Stack>
    </>
  );
}

function Summary({ result, t }: { result: ImportResult; t: Texts }) {
  const key =
    result.errors > 0
      ? 'import.has_errors'
      : !result.dry_run
        ? 'import.applied'
        : result.changes_total === 0
          ? 'import.no_changes'
          : 'import.checked';
  return (
    <Alert
      color={result.errors > 0 ? 'red' : result.dry_run ? 'blue' : 'green'}
      variant="light"
      role="status"
    >
      {t(key, {
        errors: formatNumber(result.errors),
        warnings: formatNumber(result.warnings),
        count: result.changes_total,
        changes: wordChanges(t, result.changes),
      })}
    </Alert>
  );
}

const wordRow = (t: Texts, row: ReportRow): string =>
  t(`import.codes.${row.code}`, { row: row.row, ...row.values });
const wordChanges = (t: Texts, changes: Record<string, number>): string =>
  Object.entries(changes)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${t(`import.counts.${name}`)} ${formatNumber(count)}`)
    .join(' · ') || t('import.nothing');

function decode(bytes: ArrayBuffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function save(result: ImportResult): void {
  const address = URL.createObjectURL(
    new Blob([JSON.stringify(result, null, 2)], { type: 'application/json' }),
  );
  const link = Object.assign(document.createElement('a'), { href: address, download: 'import-report.json' });
  link.click();
  URL.revokeObjectURL(address);
}

import { ActionIcon, Button, Group, Progress, Text, Tooltip } from '@mantine/core';
import { IconFileSpreadsheet, IconX } from '@tabler/icons-react';
import type { ExportLayout, LayoutSheet } from '../../../../preload/contract/reporting.ts';
import { useMe } from '../../../app/session.tsx';
import { download } from '../../../rpc/client.ts';
import { useJob } from '../../../rpc/hooks.ts';
import type { InputAt } from '../../../rpc/paths.ts';
import { useTexts, wordFailure } from '../../../ui/texts.ts';
import { ExportMenu } from './ExportMenu.tsx';

const PERMISSIONS = {
  'reporting.exportOrders': 'orders:export',
  'reporting.exportBom': 'order_boms:export',
  'reporting.exportAsBuilt': 'order_boms:export',
  'reporting.exportPickList': 'order_boms:export',
  'reporting.exportCatalogue': 'materials:export',
  'reporting.exportTracking': 'order_movements:export',
  'reporting.exportStations': 'settings:update',
  'reporting.exportReport': 'reports:export',
  'reporting.exportUsers': 'users:read',
  'reporting.exportWorkCenters': 'work_centers:read',
} as const;
const SHEETS = {
  'reporting.exportOrders': 'orders',
  'reporting.exportBom': 'bom_levels',
  'reporting.exportAsBuilt': 'as_built',
  'reporting.exportPickList': 'pick_list',
  'reporting.exportCatalogue': 'materials',
  'reporting.exportTracking': 'tracking_movements',
  'reporting.exportStations': 'stations',
  'reporting.exportReport': 'report_production',
  'reporting.exportUsers': 'users',
  'reporting.exportWorkCenters': 'work_centers',
} as const satisfies Record<keyof typeof PERMISSIONS, LayoutSheet>;
export type ExportPath = keyof typeof PERMISSIONS;

interface Props<P extends ExportPath> {
  path: P;
  input: InputAt<P>;
  /** The first sheet, where it is not always the same. */
  sheet?: LayoutSheet;
  /** How many rows the file will hold, said before it is asked for. */
  rows?: number;
  is_compact?: boolean;
}
/** Writes an Excel file beside the work on screen, shows how far it is, and saves it. Absent without the permission. */
export function ExcelButton<P extends ExportPath>({
  path,
  input,
  rows,
  sheet = SHEETS[path],
  is_compact = false,
}: Props<P>) {
  const t = useTexts('reporting');
  const me = useMe();
  const job = useJob(path);
  const { state } = job;
  const save = async (look: { format: 'xlsx' | 'csv'; layout: ExportLayout | null } | null) => {
    const made = await job.start({ ...input, ...look });
    if (made) download(made.ticket);
  };
  if (!me.may(PERMISSIONS[path])) return null;

  if (state.kind === 'running') {
    const share = state.total > 0 ? (100 * state.done) / state.total : 0;
    const isSaving = state.phase === 'saving';
    const words = isSaving
      ? t('button.saving')
      : t('button.running', { done: state.done, total: state.total });
    return (
      <Group gap="xs" wrap="nowrap" role="status">
        <Progress value={isSaving ? 100 : share} animated={isSaving} w={90} aria-label={words} />
        <Text size="xs">{words}</Text>
        <ActionIcon variant="subtle" size="sm" aria-label={t('button.cancel')} onClick={job.cancel}>
          <IconX size={14} />
        </ActionIcon>
      </Group>
    );
  }
  const hint = rows === undefined ? t('button.hint_unknown') : t('button.hint', { rows: rows });
  const isCancelled = state.kind === 'failed' && state.error.code === 'job_cancelled';
  return (
    <Group gap="xs" wrap="nowrap">
      <Tooltip label={hint}>
        <Button
          variant="default"
          size={is_compact ? 'xs' : 'sm'}
          leftSection={<IconFileSpreadsheet size={16} />}
          rightSection={rows === undefined ? undefined : <Text size="xs">{t('button.count', { rows })}</Text>}
          aria-description={hint}
          onClick={() => void save(null)}
        >
          {t('button.label')}
        </Button>
      </Tooltip>
      <ExportMenu sheet={sheet} is_compact={is_compact} onExport={look => void save(look)} />
      {state.kind === 'done' && (
        <Text size="xs" role="status">
          {t('button.done', { file: state.value.file_name, rows: state.value.rows })}
        </Text>
      )}
      {state.kind === 'failed' && !isCancelled && (
        <Text size="xs" c="red" role="alert">
          {t('button.failed')}: {wordFailure(t, state.error)}
        </Text>
      )}
    </Group>
  );
}

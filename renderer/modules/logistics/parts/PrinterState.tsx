import { Button, Group, Stack, Text } from '@mantine/core';
import type { PrinterRow } from '../../../../preload/contract/logistics.ts';
import { useJob } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge, type Tone } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';

const TONES: Record<PrinterRow['mark'], Tone> = {
  READY: 'good',
  SENDING: 'progress',
  BLOCKED: 'warning',
  OFFLINE: 'warning',
  NEEDS_DECISION: 'warning',
  SWITCHED_OFF: 'neutral',
};

/** How a printer stands: from what waits for it, and from its own words when it is asked. */
export function PrinterState({ printer }: { printer: PrinterRow }) {
  const t = useTexts('logistics');
  const asking = useJob('logistics.printerState');
  const { printer_id, printer_name, printer_kind, mark, why } = printer;
  const told = asking.state.value;
  return (
    <Stack gap={2} align="flex-start">
      <Group gap={6} wrap="nowrap">
        <StatusBadge label={t(`marks.${mark}`)} tone={TONES[mark]} />
        {printer_kind === 'TCP' && (
          <Button
            size="compact-xs"
            variant="default"
            loading={asking.state.kind === 'running'}
            aria-label={`${t('printers.ask')} ${printer_name}`}
            onClick={() => void asking.start({ printer_id })}
          >
            {t('printers.ask')}
          </Button>
        )}
      </Group>
      {told ? (
        <Text size="xs" role="status">
          {wordsOf(t, told)}
        </Text>
      ) : (
        why !== '' && (
          <Text size="xs" c="dimmed">
            {t(`why.${why}`)}
          </Text>
        )
      )}
      <RefusalNotice failure={asking.state.error ?? null} />
    </Stack>
  );
}

function wordsOf(
  t: ReturnType<typeof useTexts>,
  { kind, troubles, waiting }: OutputAt<'logistics.printerState'>,
): string {
  if (kind !== 'told') return t(`printers.${kind}`);
  const found = troubles.length > 0 ? troubles.map(one => t(`troubles.${one}`)) : [t('printers.told')];
  return [...found, ...(waiting > 0 ? [t('printers.told_waiting', { count: waiting })] : [])].join(' · ');
}

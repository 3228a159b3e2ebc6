import { Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { BomHeader } from '../../../../preload/contract/bom.ts';
import type { BomWarning } from '../../../../preload/contract/bom-warnings.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { formatInstant } from '../../../ui/formats.ts';
import { useLocalized } from '../../../ui/localized.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';

/** The warnings of a draft, each acknowledged by itself before the approval. */
export function WarningsToRead({ bom_id }: { bom_id: BomHeader['bom_id'] }) {
  const t = useTexts('bom');
  const found = useAsk('bom.warnings', { bom_id });
  if (found.error) return <RefusalNotice failure={found.error} />;
  if (!found.data) return null;
  const { warnings, unread } = found.data;
  return (
    <Stack gap="xs">
      {warnings.map(warning => (
        <WarningCard key={`${warning.rule} ${warning.place}`} warning={warning}>
          {warning.acknowledged_at_ms === null && <Acknowledging bom_id={bom_id} warning={warning} />}
        </WarningCard>
      ))}
      <Text size="sm" c="dimmed">
        {unread === 0 ? t('screens.warnings_none') : t('screens.warnings_left', { count: unread })}
      </Text>
    </Stack>
  );
}

/** What a BOM warns about, with who read it, when, and the note he left. */
export function WarningCard({ warning, children }: { warning: BomWarning; children?: React.ReactNode }) {
  const t = useTexts('bom');
  const localized = useLocalized();
  const { timezone } = useMe();
  const { rule, message, acknowledged_at_ms, acknowledged_by_name, note } = warning;
  return (
    <Paper withBorder p="xs">
      <Group gap="xs" wrap="nowrap" align="flex-start">
        {acknowledged_at_ms === null ? (
          <IconAlertTriangle size={18} color="var(--mantine-color-orange-6)" aria-hidden />
        ) : (
          <IconCheck size={18} color="var(--mantine-color-green-6)" aria-hidden />
        )}
        <Stack gap={4} style={{ flex: 1, minWidth: 0 }}>
          <Text size="sm">{localized(message)}</Text>
          <Text size="xs" c="dimmed">
            {rule}
            {acknowledged_at_ms !== null &&
              ` · ${t('screens.warning_read_by', { name: acknowledged_by_name ?? '', when: formatInstant(acknowledged_at_ms, timezone) })}`}
          </Text>
          {note !== null && (
            <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {t('screens.warning_noted', { note })}
            </Text>
          )}
          {children}
        </Stack>
      </Group>
    </Paper>
  );
}

/** The note is sent with the acknowledgement; Enter in it acknowledges and does not approve. */
function Acknowledging({ bom_id, warning }: { bom_id: BomHeader['bom_id']; warning: BomWarning }) {
  const t = useTexts('bom');
  const [note, setNote] = useState('');
  const acknowledge = useCommand('bom.acknowledgeWarning');
  const { rule, place } = warning;
  const run = () => {
    const written = note.trim();
    void acknowledge.run({ bom_id, rule, place, ...(written && { note: written }) }).catch(() => undefined);
  };
  return (
    <>
      <Group gap="xs" wrap="nowrap">
        <TextInput
          size="xs"
          style={{ flex: 1 }}
          aria-label={t('screens.warning_note', { rule })}
          placeholder={t('screens.warning_note_hint')}
          maxLength={500}
          value={note}
          onChange={event => setNote(event.currentTarget.value)}
          onKeyDown={event => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            run();
          }}
        />
        <Button
          variant="default"
          size="xs"
          style={{ flexShrink: 0 }}
          disabled={acknowledge.pending}
          onClick={run}
        >
          {t('screens.warning_read')}
        </Button>
      </Group>
      <RefusalNotice failure={acknowledge.failure} />
    </>
  );
}

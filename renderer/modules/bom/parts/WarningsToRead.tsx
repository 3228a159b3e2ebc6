import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { BomHeader } from '../../../../preload/contract/bom.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { formatInstant } from '../../../ui/formats.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { useLocalized } from '../../orders/parts/localized.ts';

/** The warnings of a draft, each acknowledged by itself before the approval. */
export function WarningsToRead({ bom_id }: { bom_id: BomHeader['bom_id'] }) {
  const t = useTexts('bom');
  const localized = useLocalized();
  const { timezone } = useMe();
  const found = useAsk('bom.warnings', { bom_id });
  const acknowledge = useCommand('bom.acknowledgeWarning');
  if (found.error) return <RefusalNotice failure={found.error} />;
  if (!found.data) return null;
  const { warnings, unread } = found.data;
  return (
    <Stack gap="xs">
      {warnings.map(({ rule, place, message, acknowledged_at_ms, acknowledged_by_name }) => (
        <Paper key={`${rule} ${place}`} withBorder p="xs">
          <Group justify="space-between" wrap="nowrap">
            <Group gap="xs" wrap="nowrap" align="flex-start">
              {acknowledged_at_ms === null ? (
                <IconAlertTriangle size={18} color="var(--mantine-color-orange-6)" aria-hidden />
              ) : (
                <IconCheck size={18} color="var(--mantine-color-green-6)" aria-hidden />
              )}
              <div>
                <Text size="sm">{localized(message)}</Text>
                <Text size="xs" c="dimmed">
                  {rule}
                  {acknowledged_at_ms !== null &&
                    ` · ${t('screens.warning_read_by', { name: acknowledged_by_name ?? '', when: formatInstant(acknowledged_at_ms, timezone) })}`}
                </Text>
              </div>
            </Group>
            {acknowledged_at_ms === null && (
              <Button
                variant="default"
                size="compact-sm"
                style={{ flexShrink: 0 }}
                disabled={acknowledge.pending}
                onClick={() => void acknowledge.run({ bom_id, rule, place }).catch(() => undefined)}
              >
                {t('screens.warning_read')}
              </Button>
            )}
          </Group>
        </Paper>
      ))}
      <RefusalNotice failure={acknowledge.failure} />
      <Text size="sm" c="dimmed">
        {unread === 0 ? t('screens.warnings_none') : t('screens.warnings_left', { count: unread })}
      </Text>
    </Stack>
  );
}

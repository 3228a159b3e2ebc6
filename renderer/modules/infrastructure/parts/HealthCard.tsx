import { Alert, Card, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { formatBytes, formatCount, formatInstant } from '../../../ui/formats.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';

const HOUR_MS = 3_600_000;
/** What of the station asks for attention belongs to which figure. */
const FIGURES = {
  database: ['database_down', 'database_slow', 'orphans'],
  disk: ['disk_nearly_full'],
  backup: ['backup_missing', 'backup_old'],
  queue: ['queue_old'],
  clock: ['clock_wrong'],
} as const;

/** Database, disk, last backup, exchange and clock at a glance, without reading the whole database. */
export function HealthCard() {
  const t = useTexts('infrastructure');
  const { timezone } = useMe();
  const asked = useAsk('infrastructure.health', {}, { keepPrevious: true });
  const health = asked.data;
  if (!health) return <RefusalNotice failure={asked.error} />;
  const never = t('system.never');
  const values: Record<keyof typeof FIGURES, string> = {
    database: t('health.answers', { ms: health.database_ms ?? '–' }),
    disk: `${formatBytes(health.disk_free_bytes)} · ${Math.round(health.disk_free_ratio * 100)} %`,
    backup:
      health.backup_age_ms === null
        ? never
        : health.backup_age_ms < HOUR_MS
          ? t('health.this_hour')
          : t('health.hours', { count: Math.floor(health.backup_age_ms / HOUR_MS) }),
    queue: t('health.waiting', {
      count: health.waiting_units,
      shown: formatCount(health.waiting_units),
      state: t(`health.states.${health.exchange}`),
    }),
    clock:
      health.clock_offset_ms === null
        ? t('health.not_compared')
        : t('health.seconds', { seconds: (health.clock_offset_ms / 1000).toFixed(1) }),
  };
  return (
    <Card withBorder padding="md">
      <Stack gap="xs">
        <Title order={2} size="h5">
          {t('health.title')}
        </Title>
        {health.problems.map(problem => (
          <Alert key={problem} color="orange" variant="light" title={t(`health.problems.${problem}`)} />
        ))}
        <SimpleGrid cols={{ base: 2, md: 5 }}>
          {Object.entries(FIGURES).map(([name, problems]) => {
            const isWrong = problems.some(problem => health.problems.includes(problem));
            const figure = name as keyof typeof FIGURES;
            return (
              <Stack key={name} gap={4}>
                <Text size="sm" c="dimmed">
                  {t(`health.of.${figure}`)}
                </Text>
                <Text fw={600}>{values[figure]}</Text>
                <div>
                  <StatusBadge
                    tone={isWrong ? 'bad' : 'good'}
                    label={t(isWrong ? 'health.attention' : 'health.good')}
                  />
                </div>
              </Stack>
            );
          })}
        </SimpleGrid>
        <Text size="sm" c="dimmed">
          {t('health.contact', {
            at:
              health.last_contact_at_ms === null ? never : formatInstant(health.last_contact_at_ms, timezone),
          })}
        </Text>
      </Stack>
    </Card>
  );
}

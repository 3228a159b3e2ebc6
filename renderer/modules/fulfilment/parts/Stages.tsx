import { Group, Paper, SimpleGrid, Text, Title } from '@mantine/core';
import type { OutputAt } from '../../../rpc/paths.ts';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import classes from './Stages.module.css';

type Stage = OutputAt<'fulfilment.dashboard'>['stages'][number];
/** How many builds stand in each status, drawn as bars; a stage that holds the others up is named. */
export function Stages({ stages }: { stages: readonly Stage[] }) {
  const t = useTexts('fulfilment');
  const orders = useTexts('orders');
  const most = Math.max(1, ...stages.map(stage => stage.builds));
  return (
    <Paper withBorder p="sm">
      <Title order={2} size="h6" mb="xs">
        {t('screens.stages')}
      </Title>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl" verticalSpacing={6}>
        {stages.map(stage => (
          <div key={stage.status} className={classes.row}>
            <Text size="sm" truncate>
              {orders(`statuses.${stage.status}`)}
            </Text>
            <div className={classes.track} aria-hidden>
              <div className={classes.bar} style={{ width: `${(100 * stage.builds) / most}%` }} />
            </div>
            <Text size="sm" ta="right" fw={600} className={classes.number}>
              {stage.builds}
            </Text>
            <Group gap={6} wrap="nowrap">
              {stage.is_bottleneck && <StatusBadge tone="warning" label={t('screens.bottleneck')} />}
              {stage.late > 0 && (
                <StatusBadge tone="bad" label={t('screens.late_n', { count: stage.late })} />
              )}
            </Group>
          </div>
        ))}
      </SimpleGrid>
    </Paper>
  );
}

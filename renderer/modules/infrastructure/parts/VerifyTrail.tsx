import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useMe } from '../../../app/session.tsx';
import { useJob } from '../../../rpc/hooks.ts';
import { formatInstant, formatNumber } from '../../../ui/formats.ts';
import { JobProgress } from '../../../ui/JobProgress.tsx';
import { useTexts } from '../../../ui/texts.ts';

/** Recomputes the whole chain and names every row that was touched. */
export function VerifyTrail() {
  const t = useTexts('infrastructure');
  const me = useMe();
  const job = useJob('infrastructure.verifyAudit');
  const { state } = job;
  return (
    <Stack gap="xs" pb="sm">
      <Group gap="sm">
        <Button variant="default" loading={state.kind === 'running'} onClick={() => void job.start({})}>
          {t('verify.start')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('verify.text')}
        </Text>
      </Group>
      <JobProgress state={state} onCancel={job.cancel} phaseText={phase => t(`phases.${phase}`)} />
      {state.kind === 'done' && state.value.faults.length === 0 && (
        <Alert
          color="green"
          variant="light"
          icon={<IconShieldCheck size={18} />}
          role="status"
          title={t('verify.sound', { rows: formatNumber(state.value.rows) })}
        />
      )}
      {state.kind === 'done' && state.value.faults.length > 0 && (
        <Alert
          color="red"
          variant="light"
          icon={<IconShieldX size={18} />}
          role="alert"
          title={t('verify.broken', {
            rows: formatNumber(state.value.rows),
            count: state.value.faults.length,
          })}
        >
          <List size="sm">
            {state.value.faults.map(fault => (
              <List.Item key={`${fault.kind} ${fault.station_id} ${fault.from_no} ${fault.row_id}`}>
                {t(`verify.kinds.${fault.kind}`, { from: fault.from_no, to: fault.to_no })}
                {fault.entity_type && ` · ${fault.entity_type} ${fault.entity_identifier ?? ''}`}
                {fault.at_ms !== null &&
                  ` · ${formatInstant(fault.at_ms, me.timezone, { withSeconds: true })}`}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </Stack>
  );
}

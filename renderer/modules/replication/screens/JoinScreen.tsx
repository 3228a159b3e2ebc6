import { Button, Card, Group, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { centreFacts } from '../../../../preload/contract/replication.ts';
import { useJob } from '../../../rpc/hooks.ts';
import { keepStartedFrom } from '../../../rpc/started-from.ts';
import { FactTable } from '../../../ui/FactTable.tsx';
import { formatCount } from '../../../ui/formats.ts';
import { JobProgress } from '../../../ui/JobProgress.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';

type Facts = z.output<typeof centreFacts>;

/** From an enrolment code to a member: look first, then decide what becomes of the rows, then join. */
export default function JoinScreen() {
  const t = useTexts('replication');
  const [code, setCode] = useState('');
  const probe = useJob('replication.probe');
  const facts = probe.state.kind === 'done' ? probe.state.value : null;
  return (
    <>
      <PageHeader
        title={t('join.title')}
        crumbs={[{ label: t('page.title'), to: '/exchange' }, { label: t('join.title') }]}
      />
      <Stack gap="md" maw={760}>
        <Card withBorder padding="md">
          <form
            onSubmit={event => {
              event.preventDefault();
              void probe.start({ enrolment_code: code });
            }}
          >
            <Stack gap="xs" align="flex-start">
              <Textarea
                label={t('join.code')}
                description={t('join.code_text')}
                w="100%"
                rows={3}
                required
                autoFocus
                spellCheck={false}
                value={code}
                readOnly={facts !== null}
                onChange={event => setCode(event.currentTarget.value)}
                onKeyDown={event => {
                  // A scanner ends with Enter; a code holds no line breaks that matter.
                  if (event.key !== 'Enter' || event.shiftKey) return;
                  event.preventDefault();
                  event.currentTarget.form?.requestSubmit();
                }}
              />
              {facts ? (
                <Button variant="default" onClick={probe.reset}>
                  {t('back')}
                </Button>
              ) : (
                <Button type="submit" disabled={code.trim() === ''} loading={probe.state.kind === 'running'}>
                  {t('join.look')}
                </Button>
              )}
              <RefusalNotice failure={probe.state.error} />
            </Stack>
          </form>
        </Card>
        {facts && <Decision facts={facts} code={code} />}
      </Stack>
    </>
  );
}

function Decision({ facts, code }: { facts: Facts; code: string }) {
  const t = useTexts('replication');
  const join = useJob('replication.join');
  // An organization without rows was made for this station; otherwise the centre's rows are the ones that count.
  const [choice, setChoice] = useState(facts.rows === 0 ? 'bring' : 'start');
  const { state } = join;
  useEffect(() => {
    // The session may end with its account before the answer is here; that is no failure of joining.
    if (state.kind === 'failed' && state.error.code !== 'not_signed_in') keepStartedFrom(null);
  }, [state]);
  if (state.kind === 'done')
    return (
      <Card withBorder padding="md" role="status">
        <Stack gap="xs" align="flex-start">
          <StatusBadge
            tone="good"
            label={t('join.joined', { station: facts.station_code, organization: facts.org_name })}
          />
          <Text size="sm">{t('join.joined_text')}</Text>
          <Button component={Link} to="/exchange">
            {t('mark.details')}
          </Button>
        </Stack>
      </Card>
    );
  return (
    <Card withBorder padding="md">
      <Stack gap="md">
        <CentreFacts facts={facts} />
        <Radio.Group label={t('join.which')} value={choice} onChange={setChoice}>
          <Stack gap="sm" mt="xs">
            {['bring', 'start'].map(way => (
              <Radio
                key={way}
                value={way}
                label={t(`join.${way}`)}
                description={t(`join.${way}_text`)}
                disabled={state.kind === 'running'}
              />
            ))}
          </Stack>
        </Radio.Group>
        <JobProgress state={state} phaseText={phase => t(`phases.${phase}`)} />
        <Group justify="flex-end">
          <Button
            loading={state.kind === 'running'}
            onClick={() => {
              keepStartedFrom(choice === 'start' ? facts.org_name : null);
              void join.start({ enrolment_code: code, bring_rows: choice === 'bring' });
            }}
          >
            {t('join.run', { organization: facts.org_name })}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}

function CentreFacts({ facts }: { facts: Facts }) {
  const t = useTexts('replication');
  const rows: [string, string][] = [
    [t('facts.organization'), `${facts.org_name} (${facts.org_code})`],
    [t('facts.station'), facts.station_code],
    [
      t('join.plants'),
      facts.plant_ids === null ? t('join.all_plants') : t('join.plants_n', { count: facts.plant_ids.length }),
    ],
    [t('facts.centre'), `${facts.host}:${facts.port} / ${facts.database}`],
    [t('join.encryption'), t(facts.is_encrypted ? 'join.encrypted' : 'join.plain')],
    [t('join.rows_there'), formatCount(facts.rows)],
  ];
  return <FactTable rows={rows} />;
}

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
import { useReplicationStatus } from '../parts/use-status.ts';

type Facts = z.output<typeof centreFacts>;

/** From an enrolment code to a member: look first, then decide what becomes of the rows, then join. */
export default function JoinScreen() {
  const t = useTexts('replication');
  const [code, setCode] = useState('');
  const probe = useJob('replication.probe');
  const status = useReplicationStatus();
  const facts = probe.state.kind === 'done' ? probe.state.value : null;
  // Held while the code is used: the station becomes a member under way.
  const [wasMember, setWasMember] = useState<boolean | null>(null);
  if (!status) return null;
  const isMember = wasMember ?? status.centre !== null;
  const title = t(isMember ? 'join.renew_title' : 'join.title');
  return (
    <>
      <PageHeader title={title} crumbs={[{ label: t('page.title'), to: '/exchange' }, { label: title }]} />
      <Stack gap="md" maw={760}>
        <Card withBorder padding="md">
          <form
            onSubmit={event => {
              event.preventDefault();
              setWasMember(isMember);
              void probe.start({ enrolment_code: code });
            }}
          >
            <Stack gap="xs" align="flex-start">
              <Textarea
                label={t('join.code')}
                description={t(isMember ? 'join.renew_text' : 'join.code_text')}
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
        {facts && (isMember ? <Renewal facts={facts} code={code} /> : <Decision facts={facts} code={code} />)}
      </Stack>
    </>
  );
}

interface CodeProps {
  facts: Facts;
  code: string;
}
/** A member has nothing to decide: only its access is new. */
function Renewal({ facts, code }: CodeProps) {
  const t = useTexts('replication');
  const renew = useJob('replication.renew');
  const { state } = renew;
  if (state.kind === 'done') return <Used facts={facts} way="renewed" />;
  return (
    <Card withBorder padding="md">
      <Stack gap="md">
        <CentreFacts facts={facts} />
        <JobProgress state={state} phaseText={phase => t(`phases.${phase}`)} />
        <Group justify="flex-end">
          <Button
            loading={state.kind === 'running'}
            onClick={() => void renew.start({ enrolment_code: code })}
          >
            {t('join.renew_run')}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}

function Used({ facts, way }: { facts: Facts; way: 'joined' | 'renewed' }) {
  const t = useTexts('replication');
  return (
    <Card withBorder padding="md" role="status">
      <Stack gap="xs" align="flex-start">
        <StatusBadge
          tone="good"
          label={t(`join.${way}`, { station: facts.station_code, organization: facts.org_name })}
        />
        <Text size="sm">{t(`join.${way}_text`)}</Text>
        <Button component={Link} to="/exchange">
          {t('mark.details')}
        </Button>
      </Stack>
    </Card>
  );
}

function Decision({ facts, code }: CodeProps) {
  const t = useTexts('replication');
  const join = useJob('replication.join');
  // An organization without rows was made for this station; otherwise the centre's rows are the ones that count.
  const [choice, setChoice] = useState(facts.rows === 0 ? 'bring' : 'start');
  const { state } = join;
  useEffect(() => {
    // The session may end with its account before the answer is here; that is no failure of joining.
    if (state.kind === 'failed' && state.error.code !== 'not_signed_in') keepStartedFrom(null);
  }, [state]);
  if (state.kind === 'done') return <Used facts={facts} way="joined" />;
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

import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconCopy, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { planSummary } from '../../../../preload/contract/inspection.ts';
import type { PlanDocument } from '../../../../preload/contract/inspection-plan.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { useKey } from '../../../ui/use-key.ts';
import { PlanEditor } from '../parts/PlanEditor.tsx';
import { PlanPreview } from '../parts/PlanPreview.tsx';
import { PlanStatusBadge } from '../parts/PlanStatusBadge.tsx';

type PlanId = OutputAt<'quality.getPlan'>['plan']['plan_id'];

export default function PlanScreen() {
  const t = useTexts('quality');
  const { plan_id = '' } = useParams();
  const id = planSummary.shape.plan_id.safeParse(plan_id);
  return id.success ? <Loaded key={id.data} plan_id={id.data} /> : <EmptyState title={t('unknown_form')} />;
}
function Loaded({ plan_id }: { plan_id: PlanId }) {
  const { data, error } = useAsk('quality.getPlan', { plan_id });
  if (error) return <RefusalNotice failure={error} />;
  return data ? <Shown key={`${data.plan.row_version} ${data.plan.status}`} page={data} /> : null;
}

/** A version of a form: drafts are edited, published ones are read, copied and previewed on a build. */
function Shown({ page }: { page: OutputAt<'quality.getPlan'> }) {
  const t = useTexts('quality');
  const { locale, may } = useMe();
  const navigate = useNavigate();
  const { plan } = page;
  const [document, setDocument] = useState<PlanDocument>(page.document);
  const clone = useCommand('quality.clonePlan');
  const save = useCommand('quality.savePlan');
  const publish = useCommand('quality.publishPlan');
  const remove = useCommand('quality.removePlan');
  const isDraft = plan.status === 'DRAFT' && page.may_edit;
  const isChanged = JSON.stringify(document) !== JSON.stringify(page.document);
  const keep = () =>
    save.run({ plan_id: plan.plan_id, row_version: plan.row_version, document }).catch(() => undefined);
  useKey('Ctrl+S', () => void keep(), isDraft && isChanged);
  return (
    <Stack gap="sm">
      <PageHeader
        title={`${plan.plan_name[locale]} V${String(plan.plan_version).padStart(2, '0')}`}
        crumbs={[
          { label: t('nav.quality'), to: '/quality' },
          { label: t('nav.plans'), to: '/quality/plans' },
        ]}
        status={<PlanStatusBadge status={plan.status} />}
        subtitle={t('plan.line', { form: plan.form_id, checks: plan.checks, uses: plan.uses })}
        actions={
          <Group gap="xs">
            {may('inspection_plans:create') && plan.status !== 'DRAFT' && (
              <Button
                variant="default"
                leftSection={<IconCopy size={16} />}
                loading={clone.pending}
                onClick={() =>
                  void clone.run({ plan_id: plan.plan_id, plan_code: null }).then(
                    made => navigate(`/quality/plans/${made.plan_id}`),
                    () => undefined,
                  )
                }
              >
                {t('plan.new_version')}
              </Button>
            )}
            {isDraft && may('inspection_plans:delete') && (
              <Button
                variant="default"
                onClick={() =>
                  void remove.run({ plan_id: plan.plan_id }).then(
                    () => navigate('/quality/plans'),
                    () => undefined,
                  )
                }
              >
                {t('plan.remove')}
              </Button>
            )}
            {isDraft && (
              <>
                <Button
                  variant="default"
                  disabled={!isChanged}
                  loading={save.pending}
                  title="Ctrl+S"
                  onClick={() => void keep()}
                >
                  {t('save')}
                </Button>
                <Button
                  leftSection={<IconUpload size={16} />}
                  disabled={isChanged}
                  loading={publish.pending}
                  onClick={() => void publish.run({ plan_id: plan.plan_id }).catch(() => undefined)}
                >
                  {t('plan.publish')}
                </Button>
              </>
            )}
          </Group>
        }
      />
      <RefusalNotice failure={clone.failure ?? save.failure ?? publish.failure ?? remove.failure} />
      {plan.status === 'DRAFT' && (
        <Alert variant="light" color="blue">
          {t('plan.draft_text')}
        </Alert>
      )}
      <PlanEditor document={document} isOpen={isDraft} onChange={setDocument} />
      <PlanPreview plan_id={plan.plan_id} />
    </Stack>
  );
}

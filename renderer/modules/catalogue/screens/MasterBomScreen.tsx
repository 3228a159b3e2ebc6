import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { z } from 'zod';
import { idOf } from '../../../../preload/contract/rpc.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import type { InputAt } from '../../../rpc/paths.ts';
import { ConfirmPreview } from '../../../ui/ConfirmPreview.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { BomEditor } from '../parts/BomEditor.tsx';
import { BomLines } from '../parts/BomLines.tsx';
import { bomMarks } from '../parts/bom-marks.ts';
import { ComparePanel } from '../parts/ComparePanel.tsx';

type BomId = InputAt<'catalogue.getMasterBom'>['bom_id'];
const routeParams = z.object({ bom_id: idOf('bom_headers') });

/** One version of the bill of an item. */
export function MasterBomScreen() {
  const t = useTexts('catalogue');
  const parsed = routeParams.safeParse(useParams());
  return parsed.success ? (
    <Bom key={parsed.data.bom_id} bom_id={parsed.data.bom_id} />
  ) : (
    <EmptyState title={t('refusals:bom_unknown')} />
  );
}

function Bom({ bom_id }: { bom_id: BomId }) {
  const t = useTexts('catalogue');
  const { may } = useMe();
  const navigate = useNavigate();
  const found = useAsk('catalogue.getMasterBom', { bom_id });
  const activate = useCommand('catalogue.activateMasterBom');
  const deactivate = useCommand('catalogue.deactivateMasterBom');
  const copy = useCommand('catalogue.newMasterBomVersion');
  const [showsCompare, setShowsCompare] = useState(false);
  if (found.error) return <RefusalNotice failure={found.error} />;
  const bom = found.data;
  if (!bom) return null;
  const isInForce = bom.state === 'ACTIVE' || bom.state === 'EXPIRED';
  const overlap =
    activate.failure?.code === 'overlapping_effectivity' ? activate.failure.details.end_old_on : null;
  const run = (action: Promise<unknown>) => void action.catch(() => undefined);
  return (
    <>
      <PageHeader
        title={t('bom.heading', { number: bom.bom_number, version: bom.bom_version })}
        crumbs={[
          { label: t('list.title'), to: '/catalogue' },
          { label: bom.material_number, to: `/catalogue/items/${bom.material_id}?tab=boms` },
          { label: t('bom.version', { version: bom.bom_version }) },
        ]}
        status={<StatusBadge label={t(`bom.states.${bom.state}`)} {...bomMarks[bom.state]} />}
        actions={
          <Group gap="xs">
            <Button variant="default" onClick={() => setShowsCompare(!showsCompare)}>
              {t('bom.compare')}
            </Button>
            {may('boms:create') && (
              <Button
                variant="default"
                loading={copy.pending}
                onClick={() =>
                  run(copy.run({ bom_id }).then(made => navigate(`/catalogue/boms/${made.bom_id}`)))
                }
              >
                {t('bom.new_version')}
              </Button>
            )}
            {may('boms:update') && !isInForce && (
              <Button loading={activate.pending} onClick={() => run(activate.run({ bom_id }))}>
                {t('bom.activate')}
              </Button>
            )}
            {may('boms:update') && isInForce && (
              <Button
                variant="default"
                loading={deactivate.pending}
                onClick={() => run(deactivate.run({ bom_id }))}
              >
                {t('bom.deactivate')}
              </Button>
            )}
          </Group>
        }
      />
      <RefusalNotice failure={overlap ? null : (activate.failure ?? deactivate.failure ?? copy.failure)} />
      {showsCompare && <ComparePanel material_id={bom.material_id} bom_id={bom_id} />}
      {isInForce || !may('boms:update') ? (
        <BomLines bom={bom} />
      ) : (
        <BomEditor key={bom.row_version} bom={bom} />
      )}
      {typeof overlap === 'string' && activate.failure && (
        <ConfirmPreview
          opened
          title={t('bom.overlap')}
          confirmLabel={t('bom.end_old', { on: overlap })}
          pending={activate.pending}
          onConfirm={() => run(activate.run({ bom_id, end_old: true }))}
          onClose={activate.reset}
        >
          <RefusalNotice failure={activate.failure} />
        </ConfirmPreview>
      )}
    </>
  );
}

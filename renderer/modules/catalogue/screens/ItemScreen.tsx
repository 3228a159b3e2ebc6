import { Button, Group, Tabs } from '@mantine/core';
import { useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { materialSummary } from '../../../../preload/contract/catalogue.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import type { InputAt } from '../../../rpc/paths.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { FilesPanel } from '../../infrastructure/parts/FilesPanel.tsx';
import { LabelButton } from '../../logistics/parts/LabelButton.tsx';
import { UnsentMark } from '../../replication/parts/UnsentMark.tsx';
import { BomVersionsPanel } from '../parts/BomVersionsPanel.tsx';
import { ComponentsPanel } from '../parts/ComponentsPanel.tsx';
import { DeactivateDialog } from '../parts/DeactivateDialog.tsx';
import { FactsPanel } from '../parts/FactsPanel.tsx';
import { ItemForm } from '../parts/ItemForm.tsx';
import { WhereUsedPanel } from '../parts/WhereUsedPanel.tsx';

type MaterialId = InputAt<'catalogue.getMaterial'>['material_id'];
const TABS = ['facts', 'components', 'where_used', 'boms', 'files'] as const;
const FILE_ROLES = ['TECHNICAL_DRAWING', 'PHOTO', 'OTHER'] as const;

/** One item: what it is, what it holds, where it is used. */
export function ItemScreen() {
  const t = useTexts('catalogue');
  const parsed = materialSummary.shape.material_id.safeParse(useParams().material_id);
  if (!parsed.success) return <EmptyState title={t('refusals.material_unknown')} />;
  return <Item key={parsed.data} material_id={parsed.data} />;
}

function Item({ material_id }: { material_id: MaterialId }) {
  const t = useTexts('catalogue');
  const { may } = useMe();
  const [params, setParams] = useSearchParams();
  const found = useAsk('catalogue.getMaterial', { material_id });
  const activate = useCommand('catalogue.setMaterialActive');
  const [dialog, setDialog] = useState<'edit' | 'deactivate' | null>(null);
  if (found.error) return <RefusalNotice failure={found.error} />;
  const item = found.data;
  if (!item) return null;
  const tab =
    TABS.find(known => known === params.get('tab')) ?? (item.components.length > 0 ? 'components' : 'facts');
  return (
    <>
      <PageHeader
        title={item.material_number}
        crumbs={[{ label: t('list.title'), to: '/catalogue' }, { label: item.material_name }]}
        status={
          <Group gap={4}>
            {!item.is_active && <StatusBadge label={t('marks.inactive')} shape="cross" />}
            {item.needs_id_check && <StatusBadge label={t('marks.check_id')} color="orange" shape="wait" />}
            <UnsentMark table="materials" id={material_id} />
            {item.has_twin && <StatusBadge label={t('marks.twin')} shape="square" />}
          </Group>
        }
        actions={
          <>
            <LabelButton subject={{ material_id: item.material_id }} />
            {may('materials:update') && (
              <>
                <Button variant="default" onClick={() => setDialog('edit')}>
                  {t('item.edit')}
                </Button>
                {item.is_active ? (
                  <Button variant="default" onClick={() => setDialog('deactivate')}>
                    {t('deactivate.confirm')}
                  </Button>
                ) : (
                  <Button
                    variant="default"
                    loading={activate.pending}
                    onClick={() => void activate.run({ material_id, is_active: true }).catch(() => undefined)}
                  >
                    {t('item.activate')}
                  </Button>
                )}
              </>
            )}
          </>
        }
      />
      <RefusalNotice failure={activate.failure} />
      <Tabs
        value={tab}
        onChange={value => setParams(value ? { tab: value } : {}, { replace: true })}
        keepMounted={false}
      >
        <Tabs.List mb="sm">
          {TABS.map(name => (
            <Tabs.Tab key={name} value={name}>
              {t(`item.tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="facts">
          <FactsPanel item={item} />
        </Tabs.Panel>
        <Tabs.Panel value="components">
          <ComponentsPanel item={item} />
        </Tabs.Panel>
        <Tabs.Panel value="where_used">
          <WhereUsedPanel material_id={material_id} />
        </Tabs.Panel>
        <Tabs.Panel value="boms">
          <BomVersionsPanel item={item} />
        </Tabs.Panel>
        <Tabs.Panel value="files">
          <FilesPanel entity_type="materials" entity_id={material_id} roles={FILE_ROLES} />
        </Tabs.Panel>
      </Tabs>
      {dialog === 'edit' && <ItemForm item={item} onClose={() => setDialog(null)} />}
      {dialog === 'deactivate' && <DeactivateDialog item={item} onClose={() => setDialog(null)} />}
    </>
  );
}

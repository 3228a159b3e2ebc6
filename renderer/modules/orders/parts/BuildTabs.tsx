import { Tabs, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import type { OrderPage } from '../../../../preload/contract/orders.ts';
import { useMe } from '../../../app/session.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { BomPanel } from '../../bom/parts/BomPanel.tsx';
import { BuildIssues } from '../../fulfilment/parts/BuildIssues.tsx';
import { BuildParts } from '../../fulfilment/parts/BuildParts.tsx';
import { FilesPanel } from '../../infrastructure/parts/FilesPanel.tsx';
import { BuildWork } from '../../production/parts/BuildWork.tsx';
import { BuildInspections } from '../../quality/parts/BuildInspections.tsx';
import { BuildRecords } from '../../quality/parts/BuildRecords.tsx';
import { AsBuilt } from '../../traceability/parts/AsBuilt.tsx';
import { BuildComments } from './BuildComments.tsx';
import classes from './BuildTabs.module.css';
import { ConfigurationView } from './ConfigurationView.tsx';
import { HistoryPanel } from './HistoryPanel.tsx';
import { RevisionsPanel } from './RevisionsPanel.tsx';

const FILE_ROLES = ['PO_DOCUMENT', 'TECHNICAL_DRAWING', 'PHOTO', 'OTHER'] as const;
interface BuildTab {
  name: string;
  label: string;
  permission?: string;
  /** A page of text that scrolls as a whole; a grid scrolls by itself. */
  isText: boolean;
  show: () => ReactNode;
}

/** Everything about one build, a tab for each kind of work. */
export function BuildTabs({ page, bom_id }: { page: OrderPage; bom_id: string | undefined }) {
  const t = useTexts('orders');
  const { may } = useMe();
  const [params, setParams] = useSearchParams();
  const { order, files, revisions } = page;
  const { order_id } = order;
  const tabs: BuildTab[] = [
    {
      name: 'configuration',
      label: t('screens.configuration'),
      isText: true,
      show: () => <ConfigurationView page={page} />,
    },
    {
      name: 'bom',
      label: t('screens.bom'),
      isText: false,
      show: () =>
        bom_id ? (
          <BomPanel order_id={order_id} bom_id={bom_id} />
        ) : (
          <Text c="dimmed">{t('screens.no_bom')}</Text>
        ),
    },
    {
      name: 'parts',
      label: t('screens.parts'),
      permission: 'outsourcing:read',
      isText: false,
      show: () => <BuildParts order_id={order_id} bom_id={bom_id} />,
    },
    {
      name: 'work',
      label: t('screens.work'),
      permission: 'work_orders:read',
      isText: true,
      show: () => <BuildWork order_id={order_id} />,
    },
    {
      name: 'serials',
      label: t('screens.serials'),
      permission: 'work_orders:read',
      isText: true,
      show: () => <AsBuilt order_id={order_id} />,
    },
    {
      name: 'inspections',
      label: t('screens.inspections'),
      permission: 'inspections:read',
      isText: true,
      show: () => <BuildInspections order_id={order_id} />,
    },
    {
      name: 'issues',
      label: t('screens.issues'),
      permission: 'ncrs:read',
      isText: true,
      show: () => <BuildIssues order_id={order_id} />,
    },
    {
      name: 'comments',
      label: t('comments.tab'),
      permission: 'comments:read',
      isText: true,
      show: () => <BuildComments order_id={order_id} />,
    },
    {
      name: 'documents',
      label: t('screens.documents_n', { count: files.length }),
      isText: true,
      show: () => (
        <>
          <BuildRecords order_id={order_id} />
          <FilesPanel entity_type="orders" entity_id={order_id} roles={FILE_ROLES} />
        </>
      ),
    },
    {
      name: 'revisions',
      label: t('screens.revisions_n', { count: revisions }),
      isText: true,
      show: () => <RevisionsPanel order_id={order_id} />,
    },
    {
      name: 'history',
      label: t('screens.history'),
      isText: true,
      show: () => (
        <>
          <Title order={2} size="h6" mb="xs">
            {t('screens.workflow')}
          </Title>
          <HistoryPanel order_id={order_id} />
        </>
      ),
    },
  ];
  const shown = tabs.filter(tab => tab.permission === undefined || may(tab.permission));
  const chosen = shown.find(tab => tab.name === params.get('tab')) ?? shown[0];
  return (
    <Tabs
      value={chosen?.name ?? null}
      onChange={tab => setParams({ tab: tab ?? 'configuration' }, { replace: true })}
      keepMounted={false}
      className={classes.tabs}
    >
      <Tabs.List>
        {shown.map(tab => (
          <Tabs.Tab key={tab.name} value={tab.name} px={7}>
            {tab.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {shown.map(tab => (
        <Tabs.Panel
          key={tab.name}
          value={tab.name}
          pt="sm"
          className={tab.isText ? classes.text : classes.panel}
          {...(tab.isText ? { tabIndex: 0 } : {})}
        >
          {tab.show()}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

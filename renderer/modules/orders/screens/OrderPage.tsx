import { ActionIcon, Button, Menu, Stack, Tabs, Text, Title } from '@mantine/core';
import { IconChevronDown, IconLayoutSidebarRight, IconPencil, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { useMe } from '../../../app/session.tsx';
import { failureFrom } from '../../../rpc/client.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { ApprovalButtons } from '../../bom/parts/ApprovalButtons.tsx';
import { BomPanel } from '../../bom/parts/BomPanel.tsx';
import { FilesPanel } from '../../infrastructure/parts/FilesPanel.tsx';
import { BuildWork } from '../../production/parts/BuildWork.tsx';
import { UnsentMark } from '../../replication/parts/UnsentMark.tsx';
import { ExcelButton } from '../../reporting/parts/ExcelButton.tsx';
import { AsBuilt } from '../../traceability/parts/AsBuilt.tsx';
import { ConfigurationView } from '../parts/ConfigurationView.tsx';
import { ContextPanel } from '../parts/ContextPanel.tsx';
import { HistoryPanel } from '../parts/HistoryPanel.tsx';
import { RevisionsPanel } from '../parts/RevisionsPanel.tsx';
import { StatusLine } from '../parts/StatusLine.tsx';

const FILE_ROLES = ['PO_DOCUMENT', 'TECHNICAL_DRAWING', 'PHOTO', 'OTHER'] as const;
const DOCUMENTS = ['order_confirmation', 'work_instructions', 'bom_tree', 'bom_aggregated'] as const;

export default function OrderPage() {
  const t = useTexts('orders');
  const { may } = useMe();
  const { order_id = '' } = useParams();
  const [params, setParams] = useSearchParams();
  const [hasContext, setContext] = useState(false);
  const page = useAsk('orders.get', { order_id });
  if (page.error) return <RefusalNotice failure={failureFrom(page.error)} />;
  if (!page.data || page.isPlaceholderData) return null;
  const { order, bom_versions, builds } = page.data;
  const valid =
    bom_versions.find(({ status }) => status === 'DRAFT') ??
    bom_versions.find(({ status }) => status === 'APPROVED');
  // The wanted day first: a long customer's name must not push it out of sight.
  const facts = [
    order.want_on && t('screens.wanted', { day: order.want_on }),
    order.customer_name,
    order.project_name,
    order.sales_person,
  ];
  return (
    <Stack gap="xs" h="100%" style={{ minHeight: 0 }}>
      <PageHeader
        title={order.build_number}
        crumbs={[
          { label: t('screens.orders'), to: '/orders' },
          { label: order.order_number, to: `/orders/po/${encodeURIComponent(order.order_number)}` },
        ]}
        status={
          <>
            <UnsentMark table="orders" id={order.order_id} />
            <Text size="sm" c="dimmed" maw={430} truncate title={facts.filter(Boolean).join(' · ')}>
              {facts.filter(Boolean).join(' · ')}
            </Text>
          </>
        }
        actions={
          <>
            {builds.length > 1 && (
              <Menu>
                <Menu.Target>
                  <Button variant="default" rightSection={<IconChevronDown size={14} />}>
                    {t('screens.n_builds', { count: builds.length })}
                  </Button>
                </Menu.Target>
                <Menu.Dropdown>
                  {builds.map(build => (
                    <Menu.Item key={build.order_id} component={Link} to={`/orders/${build.order_id}`}>
                      {build.build_number}
                    </Menu.Item>
                  ))}
                </Menu.Dropdown>
              </Menu>
            )}
            <Menu>
              <Menu.Target>
                <Button
                  variant="default"
                  leftSection={<IconPrinter size={16} />}
                  rightSection={<IconChevronDown size={14} />}
                >
                  {t('screens.print')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {DOCUMENTS.map(document => (
                  <Menu.Item
                    key={document}
                    component={Link}
                    to={`/print/${document}?order=${order.order_id}`}
                  >
                    {t(`screens.prints.${document}`)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
            {valid && <ExcelButton path="reporting.exportBom" input={{ bom_id: valid.bom_id }} />}
            {page.data.can_edit && may('orders:update') && (
              <Button
                variant="default"
                component={Link}
                to={`/orders/${order.order_id}/revise`}
                leftSection={<IconPencil size={16} />}
              >
                {t('screens.edit')}
              </Button>
            )}
            <ActionIcon
              variant={hasContext ? 'filled' : 'default'}
              size={36}
              aria-pressed={hasContext}
              aria-label={t('screens.context')}
              title={t('screens.context')}
              onClick={() => setContext(!hasContext)}
            >
              <IconLayoutSidebarRight size={16} />
            </ActionIcon>
            {valid && <ApprovalButtons header={valid} />}
          </>
        }
      />
      <StatusLine status={order.order_status} />
      <div style={{ display: 'flex', gap: 12, flex: 1, minHeight: 0 }}>
        <Tabs
          value={params.get('tab') ?? 'configuration'}
          onChange={tab => setParams({ tab: tab ?? 'configuration' }, { replace: true })}
          keepMounted={false}
          style={{ flex: 1, minWidth: 0, minHeight: 0, display: 'flex', flexDirection: 'column' }}
        >
          <Tabs.List>
            <Tabs.Tab value="configuration">{t('screens.configuration')}</Tabs.Tab>
            <Tabs.Tab value="bom">{t('screens.bom')}</Tabs.Tab>
            {may('work_orders:read') && <Tabs.Tab value="work">{t('screens.work')}</Tabs.Tab>}
            {may('work_orders:read') && <Tabs.Tab value="serials">{t('screens.serials')}</Tabs.Tab>}
            <Tabs.Tab value="documents">
              {t('screens.documents_n', { count: page.data.files.length })}
            </Tabs.Tab>
            <Tabs.Tab value="revisions">{t('screens.revisions_n', { count: page.data.revisions })}</Tabs.Tab>
            <Tabs.Tab value="history">{t('screens.history')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel
            value="configuration"
            pt="sm"
            tabIndex={0}
            style={{ flex: 1, minHeight: 0, overflow: 'auto' }}
          >
            <ConfigurationView page={page.data} />
          </Tabs.Panel>
          <Tabs.Panel value="bom" pt="sm" style={{ flex: 1, minHeight: 0 }}>
            {valid ? (
              <BomPanel order_id={order.order_id} bom_id={valid.bom_id} />
            ) : (
              <Text c="dimmed">{t('screens.no_bom')}</Text>
            )}
          </Tabs.Panel>
          <Tabs.Panel value="work" pt="sm" tabIndex={0} style={{ flex: 1, minHeight: 0, overflow: 'auto' }}>
            <BuildWork order_id={order.order_id} />
          </Tabs.Panel>
          <Tabs.Panel
            value="serials"
            pt="sm"
            tabIndex={0}
            style={{ flex: 1, minHeight: 0, overflow: 'auto' }}
          >
            <AsBuilt order_id={order.order_id} />
          </Tabs.Panel>
          <Tabs.Panel
            value="documents"
            pt="sm"
            tabIndex={0}
            style={{ flex: 1, minHeight: 0, overflow: 'auto' }}
          >
            <FilesPanel entity_type="orders" entity_id={order.order_id} roles={FILE_ROLES} />
          </Tabs.Panel>
          <Tabs.Panel
            value="revisions"
            pt="sm"
            tabIndex={0}
            style={{ flex: 1, minHeight: 0, overflow: 'auto' }}
          >
            <RevisionsPanel order_id={order.order_id} />
          </Tabs.Panel>
          <Tabs.Panel
            value="history"
            pt="sm"
            tabIndex={0}
            style={{ flex: 1, minHeight: 0, overflow: 'auto' }}
          >
            <Title order={2} size="h6" mb="xs">
              {t('screens.workflow')}
            </Title>
            <HistoryPanel order_id={order.order_id} />
          </Tabs.Panel>
        </Tabs>
        {hasContext && <ContextPanel page={page.data} onClose={() => setContext(false)} />}
      </div>
    </Stack>
  );
}

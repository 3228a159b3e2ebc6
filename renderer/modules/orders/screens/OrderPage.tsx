import { ActionIcon, Button, Menu, Stack, Text } from '@mantine/core';
import { IconChevronDown, IconLayoutSidebarRight, IconPencil, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useMe } from '../../../app/session.tsx';
import { failureFrom } from '../../../rpc/client.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { ApprovalButtons } from '../../bom/parts/ApprovalButtons.tsx';
import { NextStep } from '../../fulfilment/parts/NextStep.tsx';
import { LabelButton } from '../../logistics/parts/LabelButton.tsx';
import { UnsentMark } from '../../replication/parts/UnsentMark.tsx';
import { ExcelButton } from '../../reporting/parts/ExcelButton.tsx';
import { BuildTabs } from '../parts/BuildTabs.tsx';
import { ContextPanel } from '../parts/ContextPanel.tsx';
import { StatusLine } from '../parts/StatusLine.tsx';

const DOCUMENTS = [
  'order_confirmation',
  'work_instructions',
  'bom_tree',
  'bom_aggregated',
  'pick_list',
] as const;

export default function OrderPage() {
  const t = useTexts('orders');
  const { may } = useMe();
  const { order_id = '' } = useParams();
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
            <Text
              size="sm"
              c="dimmed"
              truncate
              flex="1 1 160px"
              miw={0}
              title={facts.filter(Boolean).join(' · ')}
            >
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
            <LabelButton subject={{ order_id: order.order_id }} />
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
      <NextStep order_id={order.order_id} />
      <div style={{ display: 'flex', gap: 12, flex: 1, minHeight: 0 }}>
        <BuildTabs page={page.data} bom_id={valid?.bom_id} />
        {hasContext && <ContextPanel page={page.data} onClose={() => setContext(false)} />}
      </div>
    </Stack>
  );
}

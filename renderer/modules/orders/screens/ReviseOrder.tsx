import { Alert, Box, Button, Group, ScrollArea, Stack, Tabs, Text, Textarea } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { OrderPage } from '../../../../preload/contract/orders.ts';
import type { Configuration } from '../../../../preload/contract/product-model.ts';
import { failureFrom } from '../../../rpc/client.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { ImpactList } from '../../fulfilment/parts/ImpactList.tsx';
import type { OrderForm } from '../parts/answers.ts';
import { ConfigurationForm } from '../parts/ConfigurationForm.tsx';
import { LivePanel } from '../parts/LivePanel.tsx';
import { StepAccessories } from '../parts/StepAccessories.tsx';
import { useConfigurator } from '../parts/use-configurator.ts';

/** Changes the configuration of a build that is there: a new revision and a new BOM version. */
export default function ReviseOrder() {
  const { order_id = '' } = useParams();
  const page = useAsk('orders.get', { order_id });
  const family = page.data?.family?.family ?? '';
  const form = useAsk('orders.form', { family }, { enabled: family !== '' });
  if (page.error) return <RefusalNotice failure={failureFrom(page.error)} />;
  if (!page.data || page.isPlaceholderData || !form.data) return null;
  return <Revise key={page.data.order.order_id} page={page.data} form={form.data} />;
}

function Revise({ page, form }: { page: OrderPage; form: OrderForm }) {
  const t = useTexts('orders');
  const navigate = useNavigate();
  const { order } = page;
  const [configuration, setConfiguration] = useState<Configuration | null>(null);
  // The version that was read is the one that may be replaced, whatever arrives meanwhile.
  const [expected_version] = useState(order.row_version);
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const revise = useCommand('orders.revise');
  const configurator = useConfigurator({
    family: form.family,
    configuration: page.configuration,
    header: { document_language: order.document_language, want_on: order.want_on ?? '' },
    onConfiguration: setConfiguration,
  });
  const isReady = configuration !== null && (configurator.judged?.evaluation.submittable ?? false);
  const impact = useAsk(
    'fulfilment.revisionImpact',
    { order_id: order.order_id, configuration: configuration ?? {} },
    { enabled: isAsking && configuration !== null },
  );
  const save = async () => {
    if (!configuration) return;
    const trimmed = reason.trim();
    const done = await revise
      .run({
        order_id: order.order_id,
        expected_version,
        configuration,
        ...(trimmed ? { reason: trimmed } : {}),
      })
      .catch(() => null);
    if (done) navigate(`/orders/${order.order_id}?tab=revisions`);
  };
  useHotkeys([['mod+S', () => isReady && setAsking(true)]], []);
  return (
    <Stack gap="xs" h="100%" style={{ minHeight: 0 }}>
      <PageHeader
        title={t('screens.revise', { build: order.build_number })}
        crumbs={[
          { label: order.order_number, to: `/orders/po/${encodeURIComponent(order.order_number)}` },
          { label: order.build_number, to: `/orders/${order.order_id}` },
        ]}
        actions={
          <>
            <Button variant="default" component={Link} to={`/orders/${order.order_id}`}>
              {t('screens.cancel')}
            </Button>
            <Button disabled={!isReady} title="Ctrl+S" onClick={() => setAsking(true)}>
              {t('screens.save_revision')}
            </Button>
          </>
        }
      />
      {!page.can_edit && <Alert color="yellow">{t('screens.not_editable')}</Alert>}
      <RefusalNotice failure={revise.failure ?? configurator.problem} />
      <Box style={{ display: 'flex', gap: 12, flex: 1, minHeight: 0 }}>
        <Tabs
          defaultValue="body"
          style={{ flex: 1, minWidth: 0, minHeight: 0, display: 'flex', flexDirection: 'column' }}
        >
          <Tabs.List>
            <Tabs.Tab value="body">{t('screens.steps.3')}</Tabs.Tab>
            <Tabs.Tab value="accessories">{t('screens.steps.4')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="body" pt="xs" style={{ flex: 1, minHeight: 0 }}>
            <ScrollArea viewportProps={{ tabIndex: 0 }} h="100%" type="auto">
              <ConfigurationForm form={form} configurator={configurator} />
            </ScrollArea>
          </Tabs.Panel>
          <Tabs.Panel value="accessories" pt="xs" style={{ flex: 1, minHeight: 0 }}>
            <StepAccessories form={form} configurator={configurator} />
          </Tabs.Panel>
        </Tabs>
        <Box w={{ base: 250, lg: 300 }} style={{ flexShrink: 0 }}>
          <LivePanel form={form} configurator={configurator} />
        </Box>
      </Box>
      <Dialog opened={isAsking} onClose={() => setAsking(false)} title={t('screens.save_revision')}>
        <Stack>
          <Text size="sm">{t('screens.revision_text')}</Text>
          <RefusalNotice failure={impact.error} />
          {impact.data && <ImpactList impacts={impact.data.impacts} />}
          <Textarea
            label={t('screens.reason')}
            data-autofocus
            autosize
            minRows={2}
            maxLength={2000}
            value={reason}
            onChange={event => setReason(event.currentTarget.value)}
          />
          <RefusalNotice failure={revise.failure} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('screens.cancel')}
            </Button>
            <Button
              loading={revise.pending}
              disabled={reason.trim() !== '' && reason.trim().length < 3}
              onClick={() => void save()}
            >
              {t('screens.save')}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    </Stack>
  );
}

import { Box, Group, ScrollArea, Select, Stack, Tabs } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { DocumentParams } from '../../../../preload/contract/printing.ts';
import type { Configuration } from '../../../../preload/contract/product-model.ts';
import { instructionSummary } from '../../../../preload/contract/production.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { useLocalized } from '../../../ui/localized.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { benchExamples } from '../../catalogue/parts/bench-examples.ts';
import { ConfigurationForm } from '../../orders/parts/ConfigurationForm.tsx';
import { StepAccessories } from '../../orders/parts/StepAccessories.tsx';
import { useConfigurator } from '../../orders/parts/use-configurator.ts';
import { TrialPages } from '../parts/TrialPages.tsx';
import { TrialPanel } from '../parts/TrialPanel.tsx';

type Example = NonNullable<DocumentParams['example']>;
type DraftId = DocumentParams['draft_id'];
/** Where the answers begin: nothing, an example of the product model, or those of a build. */
interface TrialStart extends Example {
  configuration: Configuration;
  order_id: DocumentParams['order_id'];
}
const LANGUAGES = { en: 'EN', fr: 'FR', es: 'SP' } as const;

/** `/instructions/try?draft=…`: the printed pack of any answers, and which instructions they call for. */
export default function InstructionTrial() {
  const t = useTexts('production');
  const words = useLocalized();
  const [search] = useSearchParams();
  const draft = instructionSummary.shape.instruction_id.safeParse(search.get('draft'));
  const draft_id = draft.success ? draft.data : undefined;
  const [chosen, setFamily] = useState<string | null>(null);
  const [start, setStart] = useState<string | null>(null);
  const families = useAsk('orders.families', {});
  const released = (families.data?.families ?? []).filter(one => one.released);
  const family = chosen ?? released[0]?.family ?? null;
  const first = benchExamples[family ?? '']?.[0]?.id;
  return (
    <Stack gap="xs" h="100%" style={{ minHeight: 0 }}>
      <PageHeader
        title={t('trial.title')}
        crumbs={[
          { label: t('instructions'), to: '/instructions' },
          ...(draft_id ? [{ label: t('trial.draft'), to: `/instructions/${draft_id}/edit` }] : []),
        ]}
        actions={
          <>
            <Select
              aria-label={t('trial.product')}
              w={270}
              allowDeselect={false}
              data={released.map(one => ({ value: one.family, label: words(one.name) }))}
              value={family}
              onChange={value => {
                setFamily(value);
                setStart(null);
              }}
            />
            {family && <StartSelect family={family} value={start ?? first ?? NOTHING} onChange={setStart} />}
          </>
        }
      />
      <RefusalNotice failure={families.error} />
      {family && <Started family={family} start={start ?? first ?? NOTHING} draft_id={draft_id} />}
    </Stack>
  );
}
const NOTHING = 'nothing';

interface StartSelectProps {
  family: string;
  value: string;
  onChange: (value: string | null) => void;
}
function StartSelect({ family, value, onChange }: StartSelectProps) {
  const t = useTexts('production');
  const models = useTexts('catalogue');
  const builds = useAsk('orders.list', { limit: 200 });
  const examples = benchExamples[family] ?? [];
  return (
    <Select
      aria-label={t('trial.start')}
      w={340}
      searchable
      allowDeselect={false}
      data={[
        {
          group: t('trial.examples'),
          items: [
            ...examples.map(({ id }) => ({ value: id, label: models(`bench.examples.${id}`) })),
            { value: NOTHING, label: t('trial.nothing') },
          ],
        },
        {
          group: t('trial.builds'),
          items: (builds.data?.rows ?? []).map(build => ({
            value: build.order_id,
            label: `${build.order_number} / ${build.build_number} · ${build.customer_name}`,
          })),
        },
      ]}
      value={value}
      onChange={onChange}
    />
  );
}

/** The answers a choice begins with; those of a build come with their order's language. */
function Started({ family, start, draft_id }: { family: string; start: string; draft_id: DraftId }) {
  const { locale } = useMe();
  const example = (benchExamples[family] ?? []).find(({ id }) => id === start);
  const isBuild = !example && start !== NOTHING;
  const page = useAsk('orders.get', { order_id: start }, { enabled: isBuild });
  const own = isBuild ? page.data?.family?.family : family;
  if (page.error) return <RefusalNotice failure={page.error} />;
  if (isBuild && (!page.data || own === undefined)) return null;
  const given: TrialStart = {
    family: own ?? family,
    configuration: (isBuild ? page.data?.configuration : example?.configuration) ?? {},
    document_language: page.data?.order.document_language ?? LANGUAGES[locale],
    order_id: isBuild ? page.data?.order.order_id : undefined,
  };
  return <Trial key={start} given={given} draft_id={draft_id} />;
}

function Trial({ given, draft_id }: { given: TrialStart; draft_id: DraftId }) {
  const t = useTexts('production');
  const steps = useTexts('orders');
  const [changed, setChanged] = useState<Configuration | null>(null);
  const [tab, setTab] = useState<string | null>('body');
  const { family, document_language } = given;
  const configurator = useConfigurator({
    family,
    configuration: given.configuration,
    header: { document_language, want_on: '' },
    onConfiguration: setChanged,
  });
  const form = useAsk('orders.form', { family });
  if (form.error) return <RefusalNotice failure={form.error} />;
  if (!form.data) return null;
  const example: Example = { family, configuration: changed ?? given.configuration, document_language };
  const isReady = configurator.judged?.evaluation.submittable ?? false;
  const params =
    given.order_id && changed === null ? { order_id: given.order_id, draft_id } : { example, draft_id };
  return (
    <Box style={{ display: 'flex', gap: 12, flex: 1, minHeight: 0 }}>
      <Tabs
        value={tab}
        onChange={setTab}
        keepMounted={false}
        style={{ flex: 1, minWidth: 0, minHeight: 0, display: 'flex', flexDirection: 'column' }}
      >
        <Tabs.List>
          <Tabs.Tab value="body">{steps('screens.steps.3')}</Tabs.Tab>
          <Tabs.Tab value="accessories">{steps('screens.steps.4')}</Tabs.Tab>
          <Tabs.Tab value="pages">{t('trial.pages')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="body" pt="xs" style={{ flex: 1, minHeight: 0 }}>
          <ScrollArea viewportProps={{ tabIndex: 0 }} h="100%" type="auto">
            <RefusalNotice failure={configurator.problem} />
            <ConfigurationForm form={form.data} configurator={configurator} />
          </ScrollArea>
        </Tabs.Panel>
        <Tabs.Panel value="accessories" pt="xs" style={{ flex: 1, minHeight: 0 }}>
          <StepAccessories form={form.data} configurator={configurator} />
        </Tabs.Panel>
        <Tabs.Panel value="pages" pt="xs" style={{ flex: 1, minHeight: 0 }}>
          <TrialPages params={params} isReady={isReady && !configurator.isPending} />
        </Tabs.Panel>
      </Tabs>
      {tab !== 'pages' && (
        <Group w={{ base: 280, lg: 340 }} style={{ flexShrink: 0 }} align="stretch">
          <TrialPanel form={form.data} configurator={configurator} example={example} draft_id={draft_id} />
        </Group>
      )}
    </Box>
  );
}

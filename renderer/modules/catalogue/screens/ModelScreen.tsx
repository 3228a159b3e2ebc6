import { Tabs } from '@mantine/core';
import { useParams, useSearchParams } from 'react-router';
import { z } from 'zod';
import { idOf } from '../../../../preload/contract/rpc.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import type { InputAt } from '../../../rpc/paths.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { useLocalized } from '../../../ui/localized.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { RuleTables } from '../parts/RuleTables.tsx';
import { TestBench } from '../parts/TestBench.tsx';

const routeParams = z.object({ product_model_id: idOf('product_models') });

const FILLED = { flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column' } as const;

/** The rules of one family as tables, and a bench to try them. */
export function ModelScreen() {
  const t = useTexts('catalogue');
  const parsed = routeParams.safeParse(useParams());
  return parsed.success ? (
    <Model product_model_id={parsed.data.product_model_id} />
  ) : (
    <EmptyState title={t('refusals.product_model_unknown')} />
  );
}

function Model({
  product_model_id,
}: {
  product_model_id: InputAt<'catalogue.getProductModel'>['product_model_id'];
}) {
  const t = useTexts('catalogue');
  const words = useLocalized();
  const [params, setParams] = useSearchParams();
  const found = useAsk('catalogue.getProductModel', { product_model_id });
  if (found.error) return <RefusalNotice failure={found.error} />;
  if (!found.data) return null;
  const { model } = found.data;
  const tab = params.get('tab') === 'bench' ? 'bench' : 'rules';
  return (
    <>
      <PageHeader
        title={words(model.name)}
        crumbs={[
          { label: t('models.title'), to: '/product-models' },
          { label: t('models.crumb', { family: model.family, version: model.version }) },
        ]}
        status={
          <StatusBadge
            label={t(model.released ? 'models.released' : 'models.not_released')}
            color={model.released ? 'green' : 'gray'}
            shape={model.released ? 'check' : 'ring'}
          />
        }
      />
      {!model.released && model.not_released_message && (
        <EmptyState title={words(model.not_released_message)} />
      )}
      {model.released && (
        <Tabs
          value={tab}
          onChange={value => setParams(value === 'bench' ? { tab: 'bench' } : {}, { replace: true })}
          keepMounted={false}
          style={FILLED}
        >
          <Tabs.List mb="sm">
            <Tabs.Tab value="rules">{t('models.rules')}</Tabs.Tab>
            <Tabs.Tab value="bench">{t('bench.title')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="rules" style={FILLED}>
            <RuleTables model={model} said={found.data.words} />
          </Tabs.Panel>
          <Tabs.Panel value="bench" style={FILLED}>
            <TestBench product_model_id={product_model_id} model={model} />
          </Tabs.Panel>
        </Tabs>
      )}
    </>
  );
}

import { Alert, Button, NavLink, ScrollArea, Stack, Tabs, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCheck, IconListDetails, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ServiceItem } from '../../../../preload/contract/service-orders.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { CartPanel } from '../parts/CartPanel.tsx';
import { FittingParts } from '../parts/FittingParts.tsx';
import { ServiceItems } from '../parts/ServiceItems.tsx';
import { useCart } from '../parts/use-cart.ts';

const TYPING_MS = 150;
/** Service parts to choose from, and the cart beside them. */
export default function ServiceShop() {
  const t = useTexts('orders');
  const cart = useCart(true);
  const [submitted, setSubmitted] = useState<string | null>(null);
  const add = (material_id: ServiceItem['material_id']) => {
    setSubmitted(null);
    void cart.add(material_id);
  };
  return (
    <Stack gap="sm" h="100%" style={{ minHeight: 0 }}>
      <PageHeader
        title={t('service.shop')}
        actions={
          <Button
            variant="default"
            component={Link}
            to="/service/orders"
            leftSection={<IconListDetails size={16} />}
          >
            {t('service.orders')}
          </Button>
        }
      />
      {submitted && (
        <Alert
          color="green"
          role="status"
          icon={<IconCheck aria-hidden />}
          title={t('service.submitted', { order_number: submitted })}
        />
      )}
      <div
        style={{
          display: 'grid',
          gridTemplateColumns: 'minmax(0, 1fr) 340px',
          gap: 16,
          flex: 1,
          minHeight: 0,
        }}
      >
        <Tabs
          defaultValue="catalogue"
          keepMounted={false}
          style={{ display: 'flex', flexDirection: 'column', minHeight: 0 }}
        >
          <Tabs.List>
            <Tabs.Tab value="catalogue">{t('service.catalogue')}</Tabs.Tab>
            <Tabs.Tab value="fit">{t('service.fit')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="catalogue" pt="sm" style={{ flex: 1, minHeight: 0 }}>
            <Catalogue onAdd={add} />
          </Tabs.Panel>
          <Tabs.Panel value="fit" pt="sm" tabIndex={0} style={{ flex: 1, minHeight: 0, overflow: 'auto' }}>
            <FittingParts onAdd={add} />
          </Tabs.Panel>
        </Tabs>
        <CartPanel cart={cart} onSubmitted={setSubmitted} />
      </div>
    </Stack>
  );
}

type CategoryId = NonNullable<ServiceItem['category_id']>;
function Catalogue({ onAdd }: { onAdd: (material_id: ServiceItem['material_id']) => void }) {
  const t = useTexts('orders');
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), TYPING_MS);
  const [category_id, setCategory] = useState<CategoryId | null>(null);
  const { data, error } = useAsk(
    'orders.serviceCatalogue',
    { text: wanted, category_id },
    { keepPrevious: true },
  );
  if (error) return <RefusalNotice failure={error} />;
  if (!data) return null;
  return (
    <div style={{ display: 'grid', gridTemplateColumns: '220px minmax(0, 1fr)', gap: 12, height: '100%' }}>
      <ScrollArea viewportProps={{ tabIndex: 0 }} aria-label={t('service.categories')}>
        <NavLink
          component="button"
          label={t('service.all')}
          active={category_id === null}
          onClick={() => setCategory(null)}
        />
        {data.categories.map(category => (
          <NavLink
            key={category.category_id}
            component="button"
            label={category.category_name}
            rightSection={
              <Text size="xs" c="dimmed">
                {category.items}
              </Text>
            }
            active={category_id === category.category_id}
            onClick={() => setCategory(category.category_id)}
          />
        ))}
      </ScrollArea>
      <Stack gap="xs" style={{ minHeight: 0 }}>
        <TextInput
          type="search"
          aria-label={t('service.search')}
          placeholder={t('service.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={text}
          onChange={event => setText(event.currentTarget.value)}
        />
        <ScrollArea style={{ flex: 1 }} viewportProps={{ tabIndex: 0 }}>
          <ServiceItems items={data.items} onAdd={onAdd} />
          {data.items.length === 0 && (
            <EmptyState title={t('service.nothing')} text={t('service.nothing_text')} />
          )}
          {data.is_cut && <Text c="dimmed">{t('service.cut', { count: data.items.length })}</Text>}
        </ScrollArea>
      </Stack>
    </div>
  );
}

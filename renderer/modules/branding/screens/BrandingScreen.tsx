import { Stack, Tabs } from '@mantine/core';
import { useAsk } from '../../../rpc/hooks.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { BrandingForm } from '../parts/BrandingForm.tsx';
import { FormsRegister } from '../parts/FormsRegister.tsx';

/** Logo, colours, address and footer of printed documents, and the register of forms. */
export default function BrandingScreen() {
  const t = useTexts('branding');
  const found = useAsk('branding.get', {});
  return (
    <>
      <PageHeader title={t('title')} />
      <RefusalNotice failure={found.error} />
      <Tabs defaultValue="brand" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="brand">{t('tabs.brand')}</Tabs.Tab>
          <Tabs.Tab value="forms">{t('tabs.forms')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="brand" pt="md">
          {found.data && <BrandingForm key={found.data.row_version} given={found.data} />}
        </Tabs.Panel>
        <Tabs.Panel value="forms" pt="md">
          <Stack gap="md">
            <FormsRegister />
          </Stack>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

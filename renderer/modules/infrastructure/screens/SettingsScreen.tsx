import { Card, Divider, Stack, Switch, Title } from '@mantine/core';
import { Fragment, useState } from 'react';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { SearchInput } from '../../../ui/SearchInput.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { SettingEditor } from '../parts/SettingEditor.tsx';

/** Lower case without accents: what people type when they search. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();

export default function SettingsScreen() {
  const t = useTexts('infrastructure');
  const mayEdit = useMe().may('settings:update');
  const settings = useAsk('infrastructure.listSettings', {});
  const [search, setSearch] = useState('');
  const [onlyChanged, setOnlyChanged] = useState(false);
  const found = (settings.data ?? []).filter(s => {
    const words = `${s.key} ${t(`settings.${s.key}.name`)} ${t(`settings.${s.key}.description`)}`;
    return plain(words).includes(plain(search)) && !(onlyChanged && s.is_default);
  });
  const categories = [...new Set(found.map(s => s.category))];
  return (
    <>
      <PageHeader
        title={t('settings_page.title')}
        actions={<SearchInput value={search} onChange={setSearch} label={t('settings_page.find')} />}
      />
      <RefusalNotice failure={settings.error} />
      <Stack gap="md" maw={1100}>
        <Switch
          label={t('settings_page.only_changed')}
          checked={onlyChanged}
          onChange={event => setOnlyChanged(event.currentTarget.checked)}
        />
        {settings.data && found.length === 0 && <EmptyState title={t('settings_page.none')} />}
        {categories.map(category => (
          <Card key={category} withBorder padding="md">
            <Title order={2} size="h5" mb="sm">
              {t(`settings_page.categories.${category}`)}
            </Title>
            <Stack gap="md">
              {found
                .filter(s => s.category === category)
                .map((setting, i) => (
                  <Fragment key={`${setting.key} ${JSON.stringify(setting.value)}`}>
                    {i > 0 && <Divider />}
                    <SettingEditor setting={setting} mayEdit={mayEdit} />
                  </Fragment>
                ))}
            </Stack>
          </Card>
        ))}
      </Stack>
    </>
  );
}

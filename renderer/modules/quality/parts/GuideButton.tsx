import { Anchor, List, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { FormRow } from '../../../../preload/contract/inspection.ts';
import { useMe } from '../../../app/session.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { useTexts } from '../../../ui/texts.ts';

type Guide = NonNullable<FormRow['guide']>;
/** The procedure that belongs to a check, step by step. */
export function GuideSteps({ guide }: { guide: Guide }) {
  const t = useTexts('quality');
  const { locale } = useMe();
  return (
    <Stack gap="xs">
      <Text size="sm">{t('material', { text: guide.material[locale] })}</Text>
      <List type="ordered" spacing={4}>
        {guide.steps.map(step => (
          <List.Item key={step.en}>{step[locale]}</List.Item>
        ))}
      </List>
      {guide.note && <Text size="sm">{guide.note[locale]}</Text>}
    </Stack>
  );
}
export function GuideButton({ guide }: { guide: Guide }) {
  const { locale } = useMe();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Anchor component="button" type="button" size="sm" ta="left" onClick={() => setOpened(true)}>
        {guide.title[locale]}
      </Anchor>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={guide.title[locale]} size="lg">
        <GuideSteps guide={guide} />
      </Dialog>
    </>
  );
}

import { Alert, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Impact } from '../../../../preload/contract/fulfilment.ts';
import { useTexts } from '../../../ui/texts.ts';

/** What a change makes wrong of the work done, before it is confirmed. */
export function ImpactList({ impacts }: { impacts: readonly Impact[] }) {
  const t = useTexts('fulfilment');
  if (impacts.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('impact.none')}
      </Text>
    );
  const shown = ({ kind, what, item_id }: Impact) => {
    const words =
      kind === 'check'
        ? t(`impact.forms.${what}`, { defaultValue: what })
        : kind === 'part_sent'
          ? t(`outsourcing.${what}`, { defaultValue: what })
          : what;
    return item_id === null ? words : `${words}, ${item_id}`;
  };
  return (
    <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title={t('impact.title')}>
      <Text size="sm" mb={6}>
        {t('impact.text', { count: impacts.length })}
      </Text>
      <List size="sm" spacing={2} mah={240} style={{ overflow: 'auto' }} tabIndex={0}>
        {impacts.map(impact => (
          <List.Item key={`${impact.kind} ${impact.id}`}>
            <b>{t(`impact.kinds.${impact.kind}`)}</b>: {shown(impact)} ({t(`impact.whys.${impact.why}`)})
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

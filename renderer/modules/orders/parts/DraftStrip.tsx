import { ActionIcon, Anchor, Group, Paper, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { formatInstant } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';
import { forgetDrafts } from './use-draft.ts';

/** Orders being entered, to be continued. Nothing when there are none. */
export function DraftStrip() {
  const t = useTexts('orders');
  const drafts = useAsk('orders.listDrafts', {});
  const discard = useCommand('orders.discardDraft');
  if (!drafts.data?.drafts.length) return null;
  return (
    <Group gap="xs" role="group" aria-label={t('screens.drafts')}>
      <Text size="sm" c="dimmed">
        {t('screens.continue')}
      </Text>
      {drafts.data.drafts.map(draft => {
        const name = [draft.order_number || t('screens.unnamed_draft'), draft.customer_name]
          .filter(Boolean)
          .join(' · ');
        return (
          <Paper key={draft.draft_id} withBorder px={8} py={2}>
            <Group gap={6} wrap="nowrap">
              <Anchor component={Link} to={`/orders/new/${draft.draft_id}`} size="sm" maw={260} truncate>
                {name}
              </Anchor>
              <Text size="xs" c="dimmed">
                {t('screens.draft_state', { step: draft.step, builds: draft.builds })} ·{' '}
                {formatInstant(draft.saved_at_ms)}
              </Text>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('screens.discard_draft', { draft: name })}
                onClick={() =>
                  void discard.run({ draft_id: draft.draft_id }).then(forgetDrafts, forgetDrafts)
                }
              >
                <IconTrash size={14} />
              </ActionIcon>
            </Group>
          </Paper>
        );
      })}
    </Group>
  );
}

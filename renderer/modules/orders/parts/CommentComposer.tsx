import { Button, Checkbox, Group, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { commentCategory, commentPriority } from '../../../../preload/contract/order-comments.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { MentionField } from './MentionField.tsx';
import { mentionedIn } from './mention.rules.ts';

type Comment = OutputAt<'orders.listComments'>['comments'][number];
type OrderId = OutputAt<'orders.get'>['order']['order_id'];
interface Props {
  order_id: OrderId;
  maySeeInternal: boolean;
  /** The thread that is answered; a new one without it. */
  thread?: Comment;
  onDone?: () => void;
}
/** Writes a comment or an answer. */
export function CommentComposer({ order_id, maySeeInternal, thread, onDone }: Props) {
  const t = useTexts('orders');
  const write = useCommand('orders.writeComment');
  const [text, setText] = useState('');
  const [isInternal, setInternal] = useState(false);
  const [category, setCategory] = useState<string | null>('GENERAL');
  const [priority, setPriority] = useState<string | null>('NORMAL');
  const is_internal = thread?.is_internal ?? isInternal;
  const people = useAsk('orders.commentPeople', { is_internal }).data?.people ?? [];
  const send = () => {
    if (text.trim() === '') return;
    void write
      .run({
        order_id,
        thread_id: thread?.comment_id ?? null,
        content: text,
        is_internal,
        category: commentCategory.catch('GENERAL').parse(category),
        priority: commentPriority.catch('NORMAL').parse(priority),
        mentions: mentionedIn(text, people).map(person => person.user_id),
      })
      .then(
        () => {
          setText('');
          onDone?.();
        },
        () => undefined,
      );
  };
  return (
    <Stack gap="xs">
      <MentionField
        label={t(thread ? 'comments.answer' : 'comments.write')}
        people={people}
        value={text}
        onChange={setText}
        onSubmit={send}
        autoFocus={thread !== undefined}
      />
      <RefusalNotice failure={write.failure} />
      <Group gap="xs" justify="space-between">
        <Group gap="xs">
          {!thread && (
            <>
              <Select
                size="xs"
                w={140}
                aria-label={t('comments.category')}
                allowDeselect={false}
                data={commentCategory.options.map(value => ({
                  value,
                  label: t(`comments.categories.${value}`),
                }))}
                value={category}
                onChange={setCategory}
              />
              <Select
                size="xs"
                w={120}
                aria-label={t('comments.priority')}
                allowDeselect={false}
                data={commentPriority.options.map(value => ({
                  value,
                  label: t(`comments.priorities.${value}`),
                }))}
                value={priority}
                onChange={setPriority}
              />
              {maySeeInternal && (
                <Checkbox
                  label={t('comments.internal')}
                  title={t('comments.internal_hint')}
                  checked={isInternal}
                  onChange={event => setInternal(event.currentTarget.checked)}
                />
              )}
            </>
          )}
        </Group>
        <Group gap="xs">
          {onDone && (
            <Button variant="default" size="compact-md" onClick={onDone}>
              {t('comments.cancel')}
            </Button>
          )}
          <Button
            size="compact-md"
            title="Ctrl+Enter"
            loading={write.pending}
            disabled={text.trim() === ''}
            onClick={send}
          >
            {t('comments.send')}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}

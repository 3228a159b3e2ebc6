import { Stack } from '@mantine/core';
import { Fragment, useState } from 'react';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { CommentCard } from './CommentCard.tsx';
import { CommentComposer } from './CommentComposer.tsx';

/** What people write about one build: threads with answers, the newest below. */
export function BuildComments({ order_id }: { order_id: OutputAt<'orders.get'>['order']['order_id'] }) {
  const t = useTexts('orders');
  const { may } = useMe();
  const [answering, setAnswering] = useState<string | null>(null);
  const found = useAsk('orders.listComments', { order_id });
  const { comments = [], may_see_internal = false } = found.data ?? {};
  const threads = comments.filter(comment => comment.thread_id === null);
  return (
    <Stack gap="sm" maw={800}>
      <RefusalNotice failure={found.error} />
      {found.data && threads.length === 0 && (
        <EmptyState title={t('comments.none')} text={t('comments.none_text')} />
      )}
      {threads.map(thread => (
        <Fragment key={thread.comment_id}>
          <CommentCard comment={thread} onAnswer={() => setAnswering(thread.comment_id)} />
          {comments
            .filter(comment => comment.thread_id === thread.comment_id)
            .map(comment => (
              <CommentCard key={comment.comment_id} comment={comment} />
            ))}
          {answering === thread.comment_id && (
            <CommentComposer
              order_id={order_id}
              maySeeInternal={may_see_internal}
              thread={thread}
              onDone={() => setAnswering(null)}
            />
          )}
        </Fragment>
      ))}
      {may('comments:create') && <CommentComposer order_id={order_id} maySeeInternal={may_see_internal} />}
    </Stack>
  );
}

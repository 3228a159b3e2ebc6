import { Badge, Box, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconLock, IconPaperclip } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { formatInstant } from '../../../ui/formats.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { FilesPanel } from '../../infrastructure/parts/FilesPanel.tsx';
import { MentionField } from './MentionField.tsx';
import { mentionedIn } from './mention.rules.ts';

type Comment = OutputAt<'orders.listComments'>['comments'][number];
const FILE_ROLES = ['PHOTO', 'OTHER'] as const;
type Open = 'edit' | 'files' | 'earlier' | null;

/** One comment with what its reader may do about it. */
export function CommentCard({ comment, onAnswer }: { comment: Comment; onAnswer?: () => void }) {
  const t = useTexts('orders');
  const { timezone, may } = useMe();
  const [open, setOpen] = useState<Open>(null);
  const remove = useCommand('orders.deleteComment');
  const resolve = useCommand('orders.resolveComment');
  const { comment_id, row_version: expected_version, deleted_at_ms, is_own, resolved_at_ms } = comment;
  const isThread = comment.thread_id === null;
  const isGone = deleted_at_ms !== null;
  const toggle = (part: Open) => setOpen(open === part ? null : part);
  return (
    <Paper withBorder p="sm" ml={isThread ? 0 : 'xl'}>
      <Group gap="xs" mb={4}>
        <Text size="sm" fw={600}>
          {comment.author.full_name}
        </Text>
        <Text size="xs" c="dimmed">
          {formatInstant(comment.written_at_ms, timezone)}
          {comment.edited_at_ms !== null &&
            !isGone &&
            ` · ${t('comments.edited', { when: formatInstant(comment.edited_at_ms, timezone) })}`}
        </Text>
        {isThread && !isGone && <Marks comment={comment} />}
      </Group>
      {isGone ? (
        <Text size="sm" c="dimmed" fs="italic">
          {t('comments.deleted')}
        </Text>
      ) : open === 'edit' ? (
        <Editor comment={comment} onDone={() => setOpen(null)} />
      ) : (
        <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {comment.content}
        </Text>
      )}
      {isThread && resolved_at_ms !== null && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('comments.resolved', { name: comment.resolved_by_name ?? '' })} ·{' '}
          {formatInstant(resolved_at_ms, timezone)}
        </Text>
      )}
      <RefusalNotice failure={remove.failure ?? resolve.failure} />
      {!isGone && open !== 'edit' && (
        <Group gap={4} mt={4}>
          {onAnswer && may('comments:create') && <Act label={t('comments.answer')} onClick={onAnswer} />}
          {is_own && <Act label={t('comments.edit')} onClick={() => setOpen('edit')} />}
          {is_own && (
            <Act
              label={t('comments.delete')}
              onClick={() => void remove.run({ comment_id, expected_version }).catch(() => undefined)}
            />
          )}
          {isThread && may('comments:update') && (
            <Act
              label={t(resolved_at_ms === null ? 'comments.resolve' : 'comments.reopen')}
              onClick={() =>
                void resolve
                  .run({ comment_id, expected_version, is_resolved: resolved_at_ms === null })
                  .catch(() => undefined)
              }
            />
          )}
          {(comment.files > 0 || is_own) && (
            <Act
              label={t('comments.files', { count: comment.files })}
              icon={<IconPaperclip size={14} />}
              onClick={() => toggle('files')}
            />
          )}
          {comment.edited_at_ms !== null && (
            <Act label={t('comments.earlier')} onClick={() => toggle('earlier')} />
          )}
        </Group>
      )}
      {open === 'files' && (
        <Box mt="xs">
          <FilesPanel entity_type="order_comments" entity_id={comment_id} roles={FILE_ROLES} />
        </Box>
      )}
      {open === 'earlier' && <Earlier comment_id={comment_id} />}
    </Paper>
  );
}

function Act({ label, icon, onClick }: { label: string; icon?: ReactNode; onClick: () => void }) {
  return (
    <Button variant="subtle" color="gray" size="compact-sm" leftSection={icon} onClick={onClick}>
      {label}
    </Button>
  );
}

function Marks({ comment: { category, priority, is_internal } }: { comment: Comment }) {
  const t = useTexts('orders');
  const badge = { variant: 'light', radius: 'sm', tt: 'none', miw: 'max-content' } as const;
  const styles = { label: { color: 'var(--mantine-color-text)' } };
  return (
    <>
      {category !== 'GENERAL' && (
        <Badge {...badge} styles={styles} color="gray">
          {t(`comments.categories.${category}`)}
        </Badge>
      )}
      {(priority === 'HIGH' || priority === 'URGENT') && (
        <Badge {...badge} styles={styles} color={priority === 'URGENT' ? 'red' : 'yellow'}>
          {t(`comments.priorities.${priority}`)}
        </Badge>
      )}
      {is_internal && (
        <Badge
          {...badge}
          styles={styles}
          color="violet"
          leftSection={<IconLock size={12} aria-hidden />}
          title={t('comments.internal_hint')}
        >
          {t('comments.internal')}
        </Badge>
      )}
    </>
  );
}

function Editor({ comment, onDone }: { comment: Comment; onDone: () => void }) {
  const t = useTexts('orders');
  const edit = useCommand('orders.editComment');
  const [text, setText] = useState(comment.content);
  const people =
    useAsk('orders.commentPeople', { is_internal: comment.is_internal }).data?.people ?? comment.mentions;
  const save = () => {
    if (text.trim() === '') return;
    void edit
      .run({
        comment_id: comment.comment_id,
        expected_version: comment.row_version,
        content: text,
        mentions: mentionedIn(text, people).map(person => person.user_id),
      })
      .then(onDone, () => undefined);
  };
  return (
    <Stack gap="xs">
      <MentionField
        label={t('comments.edit')}
        people={people}
        value={text}
        onChange={setText}
        onSubmit={save}
        autoFocus
      />
      <RefusalNotice failure={edit.failure} />
      <Group gap="xs" justify="flex-end">
        <Button variant="default" size="compact-md" onClick={onDone}>
          {t('comments.cancel')}
        </Button>
        <Button size="compact-md" loading={edit.pending} disabled={text.trim() === ''} onClick={save}>
          {t('comments.save')}
        </Button>
      </Group>
    </Stack>
  );
}

function Earlier({ comment_id }: { comment_id: Comment['comment_id'] }) {
  const t = useTexts('orders');
  const { timezone } = useMe();
  const found = useAsk('orders.commentHistory', { comment_id });
  return (
    <Stack gap="xs" mt="xs">
      <RefusalNotice failure={found.error} />
      {found.data?.texts.length === 0 && <Text size="sm">{t('comments.earlier_none')}</Text>}
      {found.data?.texts.map(entry => (
        <Box key={entry.until_ms}>
          <Text size="xs" c="dimmed">
            {t('comments.until', { when: formatInstant(entry.until_ms, timezone) })}
          </Text>
          <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {entry.content}
          </Text>
        </Box>
      ))}
    </Stack>
  );
}

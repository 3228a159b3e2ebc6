import { Button, Checkbox, Stack } from '@mantine/core';
import { useState } from 'react';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { ConfirmPreview } from '../../../ui/ConfirmPreview.tsx';
import { formatInstant } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';

/** Offers to switch off people who have not been here for ninety days; each can be left out. */
export function InactivePeople() {
  const t = useTexts('tracking');
  const { may, timezone } = useMe();
  const mayAsk = may('users:update');
  const asked = useAsk('tracking.inactivePeople', {}, { enabled: mayAsk });
  const deactivate = useCommand('tracking.deactivateInactive');
  const [isOpen, setOpen] = useState(false);
  const [left, setLeft] = useState<string[]>([]);
  const people = asked.data?.people ?? [];
  if (people.length === 0) return null;
  const chosen = people.filter(person => !left.includes(person.user_id));
  const last = (at_ms: number | null) =>
    at_ms === null ? t('inactive_people.never') : formatInstant(at_ms, timezone);
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('inactive_people.open', { count: people.length })}
      </Button>
      <ConfirmPreview
        opened={isOpen}
        title={t('inactive_people.title')}
        text={t('inactive_people.text', { day: asked.data?.before_on })}
        confirmLabel={t('inactive_people.submit', { count: chosen.length })}
        pending={deactivate.pending}
        failure={deactivate.failure}
        onConfirm={() =>
          deactivate.run({ user_ids: chosen.map(person => person.user_id) }).then(
            () => setOpen(false),
            () => undefined,
          )
        }
        onClose={() => setOpen(false)}
      >
        <Stack gap={6}>
          {people.map(({ user_id, full_name, username, last_login_at_ms, last_movement_at_ms }) => (
            <Checkbox
              key={user_id}
              checked={!left.includes(user_id)}
              label={full_name || username}
              description={t('inactive_people.last', {
                login: last(last_login_at_ms),
                movement: last(last_movement_at_ms),
              })}
              onChange={event =>
                setLeft(event.currentTarget.checked ? left.filter(id => id !== user_id) : [...left, user_id])
              }
            />
          ))}
        </Stack>
      </ConfirmPreview>
    </>
  );
}

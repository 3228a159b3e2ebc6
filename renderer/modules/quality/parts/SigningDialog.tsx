import {
  Checkbox,
  Group,
  NativeSelect,
  PasswordInput,
  SegmentedControl,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import type { Form } from '../../../../preload/contract/inspection.ts';
import {
  categoriesIn,
  INSPECTION_CATEGORIES,
  type NcrCategory,
  ncrCategory,
  type UsualOfCategory,
} from '../../../../preload/contract/ncr-categories.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import classes from './Quality.module.css';
import { ResultBadge } from './ResultBadge.tsx';

const CATEGORIES = categoriesIn(INSPECTION_CATEGORIES);
const usual: Partial<Record<NcrCategory, UsualOfCategory>> = INSPECTION_CATEGORIES;

/** What is signed, its meaning in words, who, where and when; then the password. A wrong one keeps everything. */
export function SigningDialog({
  form,
  onClose,
  onSigned,
}: {
  form: Form;
  onClose: () => void;
  onSigned: () => void;
}) {
  const t = useTexts('quality');
  const { has_pin, plant_name } = useMe();
  const asked = useAsk('quality.prepareSigning', { log_id: form.log_id });
  const sign = useCommand('quality.signForm');
  const [username, setUsername] = useState('');
  const [secret, setSecret] = useState('');
  const [method, setMethod] = useState('password');
  const [isDeclared, setDeclared] = useState(false);
  const [category, setCategory] = useState<NcrCategory | null>(null);
  const [description, setDescription] = useState('');
  const [needsRework, setNeedsRework] = useState(true);
  const facts = asked.data;
  const isFirst = facts?.is_first_of_session ?? true;
  const isFail = form.progress.result === 'FAIL';
  const byPin = !isFirst && method === 'pin';
  const isReady =
    isDeclared &&
    secret !== '' &&
    (!isFirst || username.trim() !== '') &&
    (!isFail || (category !== null && description.trim() !== ''));
  const submit = () =>
    void sign
      .run({
        log_id: form.log_id,
        credentials: { ...(isFirst && { username }), ...(byPin ? { pin: secret } : { password: secret }) },
        is_declared: true,
        result: form.progress.result,
        failure: isFail && category ? { category, description, needs_rework: needsRework } : null,
      })
      .then(onSigned, () => setSecret(''));
  // Opened when its words are there: the first field has the focus.
  if (!facts && !asked.error) return null;
  return (
    <Dialog opened onClose={onClose} title={t('sign.title')} size="lg">
      <RefusalNotice failure={asked.error} />
      {facts && (
        <DialogForm
          onSubmit={submit}
          onCancel={onClose}
          submitLabel={t('sign.submit')}
          isReady={isReady}
          pending={sign.pending}
          failure={sign.failure}
        >
          <div className={classes.block}>
            <Group gap="xs">
              <Text
                fw={600}
              >{`${form.order_number} ${form.build_number} · ${t(`types.${form.plan_type}`)}`}</Text>
              <ResultBadge result={form.progress.result} />
            </Group>
            <Text size="sm" c="dimmed">
              {t('sign.what', {
                answered: form.progress.answered,
                applicable: form.progress.applicable,
                form: form.form_id,
                version: form.plan_version,
              })}
              {form.progress.failing > 0 && `, ${t('sign.failing', { count: form.progress.failing })}`}
            </Text>
            <Text mt="xs">{facts.declaration}</Text>
            <Text
              size="sm"
              mt={4}
            >{`${facts.signer_name} (${facts.signer_initials}) · ${plant_name} · ${facts.signed_at}`}</Text>
          </div>
          {isFail && (
            <Stack gap="xs">
              <NativeSelect
                label={t('sign.category')}
                required
                data-autofocus
                value={category ?? ''}
                data={[
                  { value: '', label: t('choose') },
                  ...CATEGORIES.map(value => ({ value, label: t(`categories.${value}`) })),
                ]}
                onChange={event => {
                  const chosen = ncrCategory.safeParse(event.currentTarget.value);
                  setCategory(chosen.data ?? null);
                  setNeedsRework((chosen.data && usual[chosen.data]?.needs_rework) ?? true);
                }}
              />
              <Textarea
                label={t('sign.description')}
                required
                autosize
                minRows={2}
                maxLength={5000}
                value={description}
                onChange={event => setDescription(event.currentTarget.value)}
              />
              <Switch
                label={t('sign.needs_rework')}
                checked={needsRework}
                onChange={event => setNeedsRework(event.currentTarget.checked)}
              />
            </Stack>
          )}
          <Checkbox
            data-autofocus={isFail ? undefined : true}
            label={t('sign.declare')}
            checked={isDeclared}
            onChange={event => setDeclared(event.currentTarget.checked)}
          />
          {isFirst ? (
            <TextInput
              label={t('sign.username')}
              description={t('sign.first')}
              autoComplete="off"
              value={username}
              onChange={event => setUsername(event.currentTarget.value)}
            />
          ) : (
            has_pin && (
              <SegmentedControl
                aria-label={t('sign.method')}
                value={method}
                onChange={setMethod}
                data={[
                  { value: 'password', label: t('sign.password') },
                  { value: 'pin', label: t('sign.pin') },
                ]}
              />
            )
          )}
          <PasswordInput
            label={t(byPin ? 'sign.pin' : 'sign.password')}
            autoComplete="off"
            value={secret}
            onChange={event => setSecret(event.currentTarget.value)}
          />
        </DialogForm>
      )}
    </Dialog>
  );
}

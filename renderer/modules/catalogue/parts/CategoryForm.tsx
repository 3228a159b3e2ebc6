import { Button, Group, List, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import type { InputAt } from '../../../rpc/paths.ts';
import { ConfirmPreview } from '../../../ui/ConfirmPreview.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import type { Category } from './category-rows.ts';

type Values = InputAt<'catalogue.saveCategory'>;

/** A new category below `parent`, or the name, place and state of a known one. */
export function CategoryForm({
  category,
  parent,
  categories,
  onSaved,
  onClose,
}: {
  category: Category | null;
  parent: Category | null;
  categories: readonly Category[];
  onSaved: (category_id: Category['category_id'], parent_category_id: string | null) => void;
  onClose: () => void;
}) {
  const t = useTexts('catalogue');
  const save = useCommand('catalogue.saveCategory');
  const [isLeaving, setLeaving] = useState(false);
  const [values, setValues] = useState<Values>({
    category_id: category?.category_id ?? null,
    row_version: category?.row_version ?? null,
    category_code: category?.category_code ?? '',
    category_name: category?.category_name ?? '',
    description: category?.description ?? null,
    parent_category_id: category ? category.parent_category_id : (parent?.category_id ?? null),
    is_active: category?.is_active ?? true,
  });
  const set = (patch: Partial<Values>) => setValues(now => ({ ...now, ...patch }));
  const submit = (patch: Partial<Values> = {}) =>
    save.run({ ...values, ...patch }).then(
      ({ category_id }) => onSaved(category_id, values.parent_category_id),
      () => undefined,
    );
  if (isLeaving && category)
    return (
      <DeactivateCategory
        category={category}
        pending={save.pending}
        failure={save.failure}
        onConfirm={() => void submit({ is_active: false })}
        onClose={onClose}
      />
    );
  return (
    <Dialog
      opened
      onClose={onClose}
      title={category ? t('categories.edit_title', { code: category.category_code }) : t('categories.new')}
    >
      <form
        onSubmit={event => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="sm">
          <RefusalNotice failure={save.failure} />
          <TextInput
            required
            data-autofocus
            label={t('categories.code')}
            maxLength={20}
            value={values.category_code}
            onChange={e => set({ category_code: e.currentTarget.value })}
          />
          <TextInput
            required
            label={t('categories.name')}
            maxLength={100}
            value={values.category_name}
            onChange={e => set({ category_name: e.currentTarget.value })}
          />
          <Select
            label={t('categories.parent')}
            placeholder={t('categories.top_level')}
            clearable
            clearButtonProps={{ 'aria-label': t('categories.top_level') }}
            searchable
            data={categories
              .filter(({ category_id, is_active }) => is_active && category_id !== category?.category_id)
              .map(c => ({ value: c.category_id, label: `${c.category_code} ${c.category_name}` }))}
            value={values.parent_category_id}
            onChange={value =>
              set({
                parent_category_id: categories.find(c => c.category_id === value)?.category_id ?? null,
              })
            }
          />
          <Textarea
            label={t('fields.description')}
            maxLength={500}
            autosize
            value={values.description ?? ''}
            onChange={e => set({ description: e.currentTarget.value || null })}
          />
          <Group justify="space-between">
            {category?.is_active && (
              <Button variant="subtle" color="red" onClick={() => setLeaving(true)}>
                {t('categories.deactivate')}
              </Button>
            )}
            {category && !category.is_active && (
              <Button variant="default" onClick={() => void submit({ is_active: true })}>
                {t('categories.reactivate')}
              </Button>
            )}
            <Group gap="xs" ml="auto">
              <Button variant="default" onClick={onClose}>
                {t('form.cancel')}
              </Button>
              <Button type="submit" loading={save.pending}>
                {t('form.save')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function DeactivateCategory({
  category,
  ...dialog
}: { category: Category } & Pick<
  Parameters<typeof ConfirmPreview>[0],
  'pending' | 'failure' | 'onConfirm' | 'onClose'
>) {
  const t = useTexts('catalogue');
  const { category_id, category_code: number } = category;
  const references = useAsk('catalogue.categoryReferences', { category_id }).data;
  const held = references ? references.items + references.categories : 0;
  return (
    <ConfirmPreview
      opened
      destructive
      title={t('deactivate.title', { number })}
      confirmLabel={t('deactivate.confirm')}
      blocked={
        held > 0 ? t('refusals.category_in_use', { category: category.category_code, count: held }) : null
      }
      {...dialog}
    >
      <Text size="sm">{t('categories.effect')}</Text>
      {references && (
        <List size="sm">
          <List.Item>{t('categories.items', { count: references.items })}</List.Item>
          <List.Item>{t('categories.below', { count: references.categories })}</List.Item>
        </List>
      )}
    </ConfirmPreview>
  );
}

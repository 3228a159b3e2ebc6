import { Button, Group, Table, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { RegisteredForm } from '../../../../preload/contract/branding.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { formatInstant } from '../../../ui/formats.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';

/** Number and version of every form, who changed it and since when; the next print carries the newest. */
export function FormsRegister() {
  const t = useTexts('branding');
  const documents = useTexts('documents');
  const { data, error } = useAsk('branding.forms', {});
  const [editing, setEditing] = useState<RegisteredForm | null>(null);
  const rows = (list: RegisteredForm[], inForce: boolean) =>
    list.map(form => (
      <Table.Tr key={`${form.document} ${form.form_number} ${form.form_version} ${form.valid_from_at_ms}`}>
        <Table.Td>{documents(`titles.${form.document}`)}</Table.Td>
        <Table.Td>{`${form.form_number}.${form.form_version}`}</Table.Td>
        <Table.Td>{form.changed_by_name ?? t('forms.shipped')}</Table.Td>
        <Table.Td>{form.valid_from_at_ms === null ? '' : formatInstant(form.valid_from_at_ms)}</Table.Td>
        <Table.Td>{form.change_note}</Table.Td>
        <Table.Td>
          {inForce && (
            <Button size="compact-sm" variant="default" onClick={() => setEditing(form)}>
              {t('forms.change')}
            </Button>
          )}
        </Table.Td>
      </Table.Tr>
    ));
  const heads = ['document', 'number', 'by', 'since', 'note'].map(key => (
    <Table.Th key={key}>{t(`forms.${key}`)}</Table.Th>
  ));
  return (
    <>
      <RefusalNotice failure={error} />
      {data && (
        <>
          <Table aria-label={t('forms.in_force')}>
            <Table.Thead>
              <Table.Tr>
                {heads}
                <Table.Td />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>{rows(data.forms, true)}</Table.Tbody>
          </Table>
          {data.history.length > 0 && (
            <>
              <Title order={2} size="h5">
                {t('forms.earlier')}
              </Title>
              <Table aria-label={t('forms.earlier')}>
                <Table.Tbody>{rows(data.history, false)}</Table.Tbody>
              </Table>
            </>
          )}
        </>
      )}
      {editing && <NewVersion form={editing} onClose={() => setEditing(null)} />}
    </>
  );
}

function NewVersion({ form, onClose }: { form: RegisteredForm; onClose: () => void }) {
  const t = useTexts('branding');
  const register = useCommand('branding.registerForm');
  const [form_number, setNumber] = useState(form.form_number);
  const [form_version, setVersion] = useState(form.form_version);
  const [change_note, setNote] = useState('');
  const keep = async () => {
    await register.run({ document: form.document, form_number, form_version, change_note });
    onClose();
  };
  return (
    <Dialog opened title={t('forms.change')} onClose={onClose}>
      <DialogForm
        onSubmit={() => void keep().catch(() => undefined)}
        onCancel={onClose}
        submitLabel={t('forms.register')}
        isReady={change_note.trim().length >= 3}
        pending={register.pending}
        failure={register.failure}
      >
        <Group grow>
          <TextInput
            label={t('forms.number')}
            value={form_number}
            maxLength={40}
            onChange={event => setNumber(event.currentTarget.value)}
          />
          <TextInput
            label={t('forms.version')}
            value={form_version}
            maxLength={20}
            onChange={event => setVersion(event.currentTarget.value)}
          />
        </Group>
        <TextInput
          label={t('forms.note')}
          value={change_note}
          maxLength={500}
          onChange={event => setNote(event.currentTarget.value)}
        />
      </DialogForm>
    </Dialog>
  );
}

import { Button, Menu, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { TemplateRow } from '../../../../preload/contract/logistics.ts';
import { useMe } from '../../../app/session.tsx';
import type { RpcFailure } from '../../../rpc/client.ts';
import { failureFrom } from '../../../rpc/client.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { useTexts } from '../../../ui/texts.ts';

interface Props {
  template: TemplateRow;
  isDirty: boolean;
  language: 'en' | 'fr' | 'es';
  onSave: () => void;
  onFailure: (failure: RpcFailure | null) => void;
}
/** Save, try on paper, approve, or begin another layout from this one. */
export function DesignerActions({ template, isDirty, language, onSave, onFailure }: Props) {
  const t = useTexts('logistics');
  const { may } = useMe();
  const navigate = useNavigate();
  const printers = useAsk('logistics.listPrinters', {}).data?.printers.filter(one => one.is_active) ?? [];
  const test = useCommand('logistics.printTestLabel');
  const approve = useCommand('logistics.approveTemplate');
  const copy = useCommand('logistics.copyTemplate');
  const [isCopying, setCopying] = useState(false);
  const [template_code, setCode] = useState('');
  const { template_id, row_version, status } = template;
  const tell = (done: Promise<unknown>) =>
    void done.then(
      () => onFailure(null),
      error => onFailure(failureFrom(error)),
    );
  const tryOut = (printer_id: (typeof printers)[number]['printer_id'], printer: string) =>
    tell(
      test.run({ template_id, printer_id, language }).then(() =>
        notifications.show({
          message: t('sent', { count: 1, printer }),
          closeButtonProps: { 'aria-label': t('close') },
        }),
      ),
    );
  return (
    <>
      {may('label_templates:create') && (
        <Button variant="default" onClick={() => setCopying(true)}>
          {t('designer.copy')}
        </Button>
      )}
      {printers.length > 0 && !isDirty && (
        <Menu>
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
              {t('designer.test')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {printers.map(printer => (
              <Menu.Item
                key={printer.printer_id}
                onClick={() => tryOut(printer.printer_id, printer.printer_name)}
              >
                {printer.printer_name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {may('label_templates:approve') && status === 'DRAFT' && !isDirty && (
        <Button
          variant="default"
          loading={approve.pending}
          onClick={() => tell(approve.run({ template_id, row_version }))}
        >
          {t('designer.approve')}
        </Button>
      )}
      {status !== 'SUPERSEDED' && (
        <Button disabled={!isDirty} onClick={onSave}>
          {t('designer.save_draft')}
        </Button>
      )}
      {isCopying && (
        <Dialog opened onClose={() => setCopying(false)} title={t('designer.copy')}>
          <DialogForm
            onSubmit={() =>
              void copy.run({ template_id, template_code }).then(
                made => {
                  setCopying(false);
                  void navigate(`/admin/labels/${made.template_id}`);
                },
                () => undefined,
              )
            }
            onCancel={() => setCopying(false)}
            submitLabel={t('save')}
            isReady={template_code.trim() !== ''}
            pending={copy.pending}
            failure={copy.failure}
          >
            <TextInput
              label={t('designer.new_code')}
              value={template_code}
              onChange={event => setCode(event.currentTarget.value)}
              maxLength={40}
              required
              data-autofocus
            />
          </DialogForm>
        </Dialog>
      )}
    </>
  );
}

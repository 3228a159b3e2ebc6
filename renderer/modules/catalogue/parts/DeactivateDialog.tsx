import { List, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { MaterialDetails } from '../../../../preload/contract/catalogue.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { ConfirmPreview } from '../../../ui/ConfirmPreview.tsx';
import { useTexts } from '../../../ui/texts.ts';

/** Says where the item still counts before it is taken out of use. */
export function DeactivateDialog({ item, onClose }: { item: MaterialDetails; onClose: () => void }) {
  const t = useTexts('catalogue');
  const { material_id, material_number: number } = item;
  const references = useAsk('catalogue.materialReferences', { material_id }).data;
  const change = useCommand('catalogue.setMaterialActive');
  const [reason, setReason] = useState('');
  const run = () => change.run({ material_id, is_active: false, reason }).then(onClose, () => undefined);
  return (
    <ConfirmPreview
      opened
      destructive
      title={t('deactivate.title', { number })}
      confirmLabel={t('deactivate.confirm')}
      pending={change.pending}
      failure={change.failure}
      onConfirm={run}
      onClose={onClose}
    >
      <Text size="sm">{t('deactivate.effect')}</Text>
      {references && (
        <List size="sm">
          <List.Item>{t('deactivate.master_boms', { count: references.master_boms })}</List.Item>
          <List.Item>{t('deactivate.open_orders', { count: references.open_orders })}</List.Item>
          <List.Item>{t('deactivate.approved_boms', { count: references.approved_boms })}</List.Item>
        </List>
      )}
      <Textarea
        label={t('deactivate.reason')}
        maxLength={500}
        autosize
        value={reason}
        onChange={e => setReason(e.currentTarget.value)}
      />
    </ConfirmPreview>
  );
}

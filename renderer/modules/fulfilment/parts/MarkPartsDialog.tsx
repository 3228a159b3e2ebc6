import { Checkbox, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { TreeRow } from '../../../../preload/contract/bom.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import type { InputAt } from '../../../rpc/paths.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { useTexts } from '../../../ui/texts.ts';

type LineId = InputAt<'fulfilment.markOutsourced'>['bom_line_ids'][number];
interface Props {
  order_id: string;
  bom_id: string;
  /** Numbers that are out already. */
  held: ReadonlySet<string>;
  onClose: () => void;
}
/** Chooses lines of the BOM in force that are made or finished outside. */
export function MarkPartsDialog({ order_id, bom_id, held, onClose }: Props) {
  const t = useTexts('fulfilment');
  const mark = useCommand('fulfilment.markOutsourced');
  const bom = useAsk('bom.top', { bom_id });
  const [chosen, setChosen] = useState<readonly LineId[]>([]);
  const rows: TreeRow[] = (bom.data?.rows ?? []).filter(row => !held.has(row.item_id));
  const run = () => mark.run({ order_id, bom_line_ids: [...chosen] }).then(onClose, () => undefined);
  return (
    <Dialog opened onClose={onClose} title={t('screens.mark_title')} size="lg">
      <DialogForm
        onSubmit={() => void run()}
        onCancel={onClose}
        submitLabel={t('screens.mark_parts')}
        isReady={chosen.length > 0}
        pending={mark.pending}
        failure={mark.failure ?? bom.error}
      >
        <Stack gap={6} mah={360} style={{ overflow: 'auto' }}>
          {rows.map(row => {
            const id = row.line_id;
            return id === null ? null : (
              <Checkbox
                key={id}
                label={
                  <Text size="sm" span>
                    <Text span fw={600} size="sm">
                      {row.item_id}
                    </Text>{' '}
                    {row.name}
                  </Text>
                }
                checked={chosen.includes(id)}
                onChange={event =>
                  setChosen(
                    event.currentTarget.checked ? [...chosen, id] : chosen.filter(entry => entry !== id),
                  )
                }
              />
            );
          })}
        </Stack>
      </DialogForm>
    </Dialog>
  );
}

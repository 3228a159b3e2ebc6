import { Button } from '@mantine/core';
import { useCommand } from '../../../rpc/hooks.ts';
import { useTexts } from '../../../ui/texts.ts';
import { SavePopover } from '../../infrastructure/parts/SavePopover.tsx';
import type { ListDefinition } from './order-views.ts';

interface SaveViewProps {
  list: string;
  definition: ListDefinition;
  onSaved: (id: string) => void;
  removable: string | null;
}
/** Keeps what the list shows now under a name; takes the chosen view away again. */
export function SaveView({ list, definition, onSaved, removable }: SaveViewProps) {
  const t = useTexts('orders');
  const save = useCommand('infrastructure.saveSavedView');
  const remove = useCommand('infrastructure.deleteSavedView');
  const keep = async (view_name: string) => {
    const done = await save.run({ list, view_name, definition }).catch(() => null);
    if (done) onSaved(done.saved_view_id);
    return done !== null;
  };
  return (
    <>
      {removable && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          onClick={() =>
            void remove.run({ saved_view_id: removable }).then(
              () => onSaved('all'),
              () => undefined,
            )
          }
        >
          {t('screens.remove_view')}
        </Button>
      )}
      <SavePopover
        label={t('screens.save_view')}
        nameLabel={t('screens.view_name')}
        saveLabel={t('screens.save')}
        pending={save.pending}
        onSave={keep}
      />
    </>
  );
}

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import type { BomHeader, TreeRow } from '../../../../preload/contract/bom.ts';
import { useCommand } from '../../../rpc/hooks.ts';
import { ConfirmPreview } from '../../../ui/ConfirmPreview.tsx';
import { useTexts } from '../../../ui/texts.ts';

/** The draft again from its configuration: says first how many lines by hand are lost. */
export function RegenerateButton({ header, rows }: { header: BomHeader; rows: readonly TreeRow[] }) {
  const t = useTexts('bom');
  const [isAsking, setAsking] = useState(false);
  const regenerate = useCommand('bom.regenerate');
  const close = () => {
    setAsking(false);
    regenerate.reset();
  };
  const run = async () => {
    const done = await regenerate.run({ order_id: header.order_id }).catch(() => null);
    if (!done) return;
    close();
    notifications.show({ message: t('screens.regenerated', { version: done.header.bom_version }) });
  };
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconRefresh size={14} />}
        onClick={() => setAsking(true)}
      >
        {t('screens.regenerate')}
      </Button>
      <ConfirmPreview
        opened={isAsking}
        title={t('screens.regenerate_title', { build: header.build_number })}
        text={t('screens.regenerate_text')}
        counts={[
          { label: t('screens.regenerate_dropped'), count: rows.filter(({ is_manual }) => is_manual).length },
        ]}
        confirmLabel={t('screens.regenerate')}
        onConfirm={() => void run()}
        onClose={close}
        pending={regenerate.pending}
        failure={regenerate.failure}
      />
    </>
  );
}

import { Button } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import type { BuildWork } from '../../../../preload/contract/assembly.ts';
import { useCommand } from '../../../rpc/hooks.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';

/** Makes the task list, or makes it again for what changed since; what is done stays done. */
export function GenerateButton({ work }: { work: BuildWork }) {
  const t = useTexts('production');
  const making = useCommand('production.generateTasks');
  return (
    <>
      <Button
        variant={work.list ? 'default' : 'filled'}
        leftSection={<IconListDetails size={16} />}
        loading={making.pending}
        onClick={() => void making.run({ order_id: work.order_id }).catch(() => undefined)}
      >
        {t(work.list ? 'work.generate_again' : 'work.generate')}
      </Button>
      <RefusalNotice failure={making.failure} onClose={making.reset} />
    </>
  );
}

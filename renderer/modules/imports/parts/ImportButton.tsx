import { Button, Tooltip } from '@mantine/core';
import { IconTableImport } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { ImportKindName } from '../../../../preload/contract/imports.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { useTexts } from '../../../ui/texts.ts';

/** The way from a list to its import; absent for those who may not bring anything in. */
export function ImportButton({ kind }: { kind: ImportKindName }) {
  const t = useTexts('imports');
  const { data } = useAsk('imports.kinds', {});
  if (!data?.kinds.includes(kind)) return null;
  return (
    <Tooltip label={t('button_hint')}>
      <Button
        component={Link}
        to={`/import/${kind}`}
        variant="default"
        leftSection={<IconTableImport size={16} aria-hidden />}
      >
        {t('button')}
      </Button>
    </Tooltip>
  );
}

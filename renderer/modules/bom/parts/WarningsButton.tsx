import { Button, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { BomHeader } from '../../../../preload/contract/bom.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { WarningCard } from './WarningsToRead.tsx';

/** The warnings of any version, with who read them: they stay legible after the approval. */
export function WarningsButton({ header }: { header: BomHeader }) {
  const t = useTexts('bom');
  const [isOpen, setOpen] = useState(false);
  const warnings = useAsk('bom.warnings', { bom_id: header.bom_id }).data?.warnings ?? [];
  if (warnings.length === 0) return null;
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconAlertTriangle size={14} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('screens.warnings_n', { count: warnings.length })}
      </Button>
      {isOpen && (
        <Dialog
          opened
          onClose={() => setOpen(false)}
          title={t('screens.warnings_of', { version: header.bom_version, build: header.build_number })}
        >
          <Stack gap="xs">
            {warnings.map(warning => (
              <WarningCard key={`${warning.rule} ${warning.place}`} warning={warning} />
            ))}
          </Stack>
        </Dialog>
      )}
    </>
  );
}

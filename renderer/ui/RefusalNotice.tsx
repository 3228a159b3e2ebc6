import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Failure } from '../../preload/contract/rpc.ts';
import { useTexts, wordFailure } from './texts.ts';

/** Why something was refused, in words, where it happened. */
export function RefusalNotice({
  failure,
  onClose,
}: {
  failure: Failure | null | undefined;
  onClose?: () => void;
}) {
  const t = useTexts('ui');
  if (!failure) return null;
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      withCloseButton={onClose !== undefined}
      closeButtonLabel={t('close')}
      {...(onClose && { onClose })}
    >
      {wordFailure(t, failure)}
    </Alert>
  );
}

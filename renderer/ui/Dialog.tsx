import { Modal, type ModalProps } from '@mantine/core';
import { useEffect } from 'react';
import { useTexts } from './texts.ts';

/** A modal dialog with a named close button. May be mounted only while it is open: the focus still goes back. */
export function Dialog(props: ModalProps) {
  const t = useTexts('ui');
  useReturnedFocus(props.opened);
  return <Modal closeButtonProps={{ 'aria-label': t('close') }} {...props} />;
}

/** Mantine gives the focus back when `opened` turns false; a dialog that leaves the page at once never sees that. */
function useReturnedFocus(opened: boolean): void {
  useEffect(() => {
    if (!opened) return;
    const opener = document.activeElement;
    return () => {
      const isLost = document.activeElement === null || document.activeElement === document.body;
      if (isLost && opener instanceof HTMLElement && opener.isConnected)
        opener.focus({ preventScroll: true });
    };
  }, [opened]);
}

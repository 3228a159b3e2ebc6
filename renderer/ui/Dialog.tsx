import { Drawer, type DrawerProps, Modal, type ModalProps } from '@mantine/core';
import { useEffect } from 'react';
import { useTexts } from './texts.ts';

const FIELDS = 'input, select, textarea';
const BUTTONS = 'button, a[href]';
const CAN_ACT = ':not(:disabled, [type=hidden], [tabindex="-1"])';

/**
 * A modal dialog with a named close button. It begins at its first field, or at its first button, which is the safe one,
 * unless something in it has `data-autofocus`. May be mounted only while it is open: the focus still goes back.
 */
export function Dialog({ children, ...props }: ModalProps) {
  const t = useTexts('ui');
  useReturnedFocus(props.opened);
  return (
    <Modal closeButtonProps={{ 'aria-label': t('close') }} {...props}>
      <span hidden ref={beginInside} />
      {children}
    </Modal>
  );
}

/** The same at the right edge of the window, for what is read beside the list that it belongs to. */
export function SideDialog({ children, ...props }: DrawerProps) {
  const t = useTexts('ui');
  useReturnedFocus(props.opened);
  return (
    <Drawer position="right" closeButtonProps={{ 'aria-label': t('close') }} {...props}>
      <span hidden ref={beginInside} />
      {children}
    </Drawer>
  );
}

/** Mantine would take the first thing of the whole dialog, which is its close button; what waits for its data comes later. */
function beginInside(mark: HTMLElement | null): (() => void) | undefined {
  const body = mark?.parentElement;
  if (!body) return;
  const first = () => {
    const all = [FIELDS, BUTTONS].flatMap(kind => [
      ...body.querySelectorAll<HTMLElement>(`:is(${kind})${CAN_ACT}`),
    ]);
    return body.querySelector<HTMLElement>('[data-autofocus]') ?? all[0];
  };
  const found = first();
  found?.setAttribute('data-autofocus', '');
  if (found) return;
  const later = new MutationObserver(() => {
    const arrived = first();
    if (!arrived) return;
    later.disconnect();
    if (!body.contains(document.activeElement)) arrived.focus({ preventScroll: true });
  });
  later.observe(body, { childList: true, subtree: true });
  return () => later.disconnect();
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

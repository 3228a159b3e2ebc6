import { useEffect } from 'react';

/** Gives the focus back to what opened a dialog; a dialog that leaves the page at once does not do so itself. */
export function useReturnFocus(): void {
  useEffect(() => {
    const opener = document.activeElement;
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
}

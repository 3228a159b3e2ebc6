import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTexts } from './texts.ts';

/** The search of a list; Ctrl+F comes here, Escape empties it. */
export function SearchInput({
  value,
  onChange,
  label,
  width = 260,
}: {
  value: string;
  onChange: (text: string) => void;
  label?: string;
  width?: number | string;
}) {
  const t = useTexts('ui');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'f') return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    window.addEventListener('keydown', focus);
    return () => window.removeEventListener('keydown', focus);
  }, []);
  return (
    <TextInput
      ref={input}
      type="search"
      aria-label={label ?? t('search')}
      placeholder={label ?? t('search')}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        value ? <CloseButton size="sm" aria-label={t('clear')} onClick={() => onChange('')} /> : null
      }
      value={value}
      w={width}
      onChange={event => onChange(event.currentTarget.value)}
      onKeyDown={event => event.key === 'Escape' && onChange('')}
    />
  );
}

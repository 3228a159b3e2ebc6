import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
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
  const [text, setText] = useState(value);
  /** What was typed and has not come back as `value`: a page that keeps its search in the address answers late. */
  const sent = useRef<string[]>([]);
  useEffect(() => {
    const at = sent.current.indexOf(value);
    if (at >= 0) sent.current = sent.current.slice(at + 1);
    else {
      sent.current = [];
      setText(value);
    }
  }, [value]);
  const say = (next: string) => {
    sent.current.push(next);
    setText(next);
    onChange(next);
  };
  return (
    <TextInput
      ref={input}
      type="search"
      aria-label={label ?? t('search')}
      placeholder={label ?? t('search')}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={text ? <CloseButton size="sm" aria-label={t('clear')} onClick={() => say('')} /> : null}
      value={text}
      w={width}
      onChange={event => say(event.currentTarget.value)}
      onKeyDown={event => event.key === 'Escape' && say('')}
    />
  );
}

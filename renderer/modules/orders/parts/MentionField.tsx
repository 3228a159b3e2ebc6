import { Combobox, Textarea, useCombobox } from '@mantine/core';
import { useRef } from 'react';
import { useTexts } from '../../../ui/texts.ts';
import { completed, type MentionPerson, matching, openMention } from './mention.rules.ts';

interface Props {
  value: string;
  people: readonly MentionPerson[];
  label: string;
  onChange: (text: string) => void;
  onSubmit: () => void;
  autoFocus?: boolean;
}
/** Text in which @ offers people; arrows choose, Enter puts the name in, Ctrl+Enter sends. */
export function MentionField({ value, people, label, onChange, onSubmit, autoFocus }: Props) {
  const t = useTexts('orders');
  const field = useRef<HTMLTextAreaElement>(null);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const caret = () => field.current?.selectionStart ?? value.length;
  const open = openMention(value, caret());
  const found = open ? matching(people, open.typed) : [];
  const follow = (text: string) => {
    const mention = openMention(text, caret());
    if (mention && matching(people, mention.typed).length > 0) {
      combobox.openDropdown();
      combobox.updateSelectedOptionIndex();
      combobox.selectFirstOption();
    } else combobox.closeDropdown();
  };
  const choose = (user_id: string) => {
    const person = people.find(one => one.user_id === user_id);
    if (person && open) {
      const next = completed(value, caret(), open, person.full_name);
      onChange(next.text);
      requestAnimationFrame(() => field.current?.setSelectionRange(next.caret, next.caret));
    }
    combobox.closeDropdown();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} withinPortal>
      <Combobox.Target withExpandedAttribute>
        <Textarea
          ref={field}
          aria-label={label}
          placeholder={t('comments.placeholder')}
          autosize
          minRows={2}
          maxRows={10}
          maxLength={2000}
          {...(autoFocus ? { 'data-autofocus': true, autoFocus: true } : {})}
          value={value}
          onChange={event => {
            onChange(event.currentTarget.value);
            follow(event.currentTarget.value);
          }}
          onKeyDown={event => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              onSubmit();
            }
          }}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={t('comments.people')}>
          {found.map(person => (
            <Combobox.Option key={person.user_id} value={person.user_id}>
              {person.full_name}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

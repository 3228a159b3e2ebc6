import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { KeyHint } from '../ui/KeyHint.tsx';
import { useTexts } from '../ui/texts.ts';
import type { SearchHit } from './nav-types.ts';
import { palette, paletteStore } from './palette.ts';
import { modules, railItems } from './registry.ts';
import classes from './Shell.module.css';
import { useMe } from './session.tsx';

const SEARCH_FROM = 2;
const REST_MS = 120;

/** One field for pages, commands and records. */
export function CommandField() {
  const t = useTexts('app');
  const { t: any } = useTranslation();
  const { may } = useMe();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed.trim(), REST_MS);
  const found = useQuery({
    queryKey: ['search', text],
    queryFn: () => searchAll(text, may),
    enabled: text.length >= SEARCH_FROM,
  });
  const input = useRef<HTMLInputElement>(null);
  // The library marks the first line at each key; when the lines change later and the mark goes with them, it is set again.
  useEffect(() => {
    const list = document.getElementById(paletteStore.getState().listId);
    if (typed === '' || !list || list.querySelector('[data-selected]')) return;
    paletteStore.updateState(state => ({ ...state, selected: -1 }));
    input.current?.dispatchEvent(new KeyboardEvent('keydown', { code: 'ArrowDown', bubbles: true }));
  });
  const wanted = typed.trim().toLocaleLowerCase();
  const fits = (label: string) => label.toLocaleLowerCase().includes(wanted);
  const go = (to: string | undefined, run?: () => void) => (run ? run() : to && navigate(to));

  const commands = modules
    .flatMap(nav => (nav.commands ?? []).map(c => ({ ...c, text: String(any(`${nav.module}:${c.label}`)) })))
    .filter(c => may(c.permission) && fits(c.text));
  const pages = railItems
    .map(item => ({ ...item, text: String(any(`${item.module}:${item.label}`)) }))
    .filter(item => may(item.permission) && fits(item.text));
  // Hits of an earlier text would be opened by who types on and presses Enter.
  const records = text === typed.trim() ? (found.data ?? []) : [];
  // Records come last, because they arrive later: what is marked must not move away under the Enter key.
  const groups: SpotlightActionGroupData[] = [
    {
      group: t('command.commands'),
      actions: commands.map(c => ({ id: c.id, label: c.text, onClick: () => go(c.to, c.run) })),
    },
    {
      group: t('command.pages'),
      actions: pages.map(item => ({ id: item.to, label: item.text, onClick: () => go(item.to) })),
    },
    ...records.map(({ module, hits }) => ({
      group: String(any(`${module}:search_group`, { defaultValue: t('command.records') })),
      actions: hits.map(hit => ({
        id: `${module} ${hit.id}`,
        label: hit.title,
        description: hit.subtitle,
        onClick: () => go(hit.to),
      })),
    })),
  ].filter(group => group.actions.length > 0);

  return (
    <>
      <button
        type="button"
        className={classes.field}
        onClick={() => palette.open()}
        aria-keyshortcuts="Control+K"
      >
        <IconSearch size={16} aria-hidden />
        <span>{t('command.placeholder')}</span>
        <span className={classes.wide}>
          <KeyHint keys="Ctrl+K" />
        </span>
      </button>
      <Spotlight
        store={paletteStore}
        actions={groups}
        filter={(_query, actions) => actions}
        query={typed}
        onQueryChange={setTyped}
        clearQueryOnClose
        shortcut="mod+K"
        scrollable
        maxHeight={420}
        centered={false}
        attributes={{ content: { 'aria-label': t('command.placeholder') } }}
        nothingFound={found.isFetching ? t('command.searching') : t('command.nothing')}
        searchProps={{
          ref: input,
          placeholder: t('command.placeholder'),
          'aria-label': t('command.placeholder'),
        }}
      />
    </>
  );
}

/** A module whose search fails says nothing here; its own page words the failure. */
async function searchAll(text: string, may: (permission: string | undefined) => boolean) {
  const searching = modules.flatMap(nav => (nav.search && may(nav.search_permission) ? [nav] : []));
  const answers = await Promise.allSettled(searching.map(nav => nav.search?.(text) ?? []));
  return answers.flatMap((answer, at): { module: string; hits: SearchHit[] }[] =>
    answer.status === 'fulfilled' && answer.value.length > 0
      ? [{ module: searching[at]?.module ?? '', hits: answer.value }]
      : [],
  );
}

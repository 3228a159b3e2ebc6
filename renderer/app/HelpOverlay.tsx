import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/Dialog.tsx';
import { KeyHint } from '../ui/KeyHint.tsx';
import { useTexts } from '../ui/texts.ts';
import { modules } from './registry.ts';
import { useMe } from './session.tsx';

const KEYS = [
  ['Ctrl+K', 'command'],
  ['Ctrl+F', 'find'],
  ['Ctrl+S', 'save'],
  ['Ctrl+Enter', 'submit'],
  ['Esc', 'back'],
  ['↑+↓', 'rows'],
  ['←+→', 'branches'],
  ['Enter', 'open'],
  ['Space', 'select'],
  ['Shift+↑+↓', 'extend'],
  ['Ctrl+A', 'all'],
  ['Ctrl+C', 'copy'],
  ['?', 'help'],
] as const;

export function HelpOverlay({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useTexts('app');
  const { t: any } = useTranslation();
  const { may } = useMe();
  const own = modules.flatMap(nav =>
    (nav.commands ?? []).flatMap(c =>
      c.hotkey && may(c.permission)
        ? [{ keys: c.hotkey, text: String(any(`${nav.module}:${c.label}`)) }]
        : [],
    ),
  );
  const rows = [...KEYS.map(([keys, name]) => ({ keys, text: t(`keys.${name}`) })), ...own];
  return (
    <Dialog opened={opened} onClose={onClose} title={t('keys.title')}>
      <Table verticalSpacing={4}>
        <Table.Tbody>
          {rows.map(({ keys, text }) => (
            <Table.Tr key={keys + text}>
              <Table.Td>{text}</Table.Td>
              <Table.Td ta="right">
                <KeyHint keys={keys} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Dialog>
  );
}

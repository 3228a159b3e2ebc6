import { Checkbox, Table, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { OutputAt } from '../../../rpc/paths.ts';
import { useTexts } from '../../../ui/texts.ts';
import { useNames } from './names.ts';

export type Permissions = Record<string, string[]>;
interface Props {
  resources: OutputAt<'identity.getRole'>['resources'];
  permissions: Permissions;
  onChange: (permissions: Permissions) => void;
  disabled: boolean;
}
const holds = (permissions: Permissions, resource: string, action: string): boolean =>
  [...(permissions[resource] ?? []), ...(permissions['*'] ?? [])].some(
    held => held === action || held === '*',
  );

/** A role that is not edited shows what it holds, not a wall of greyed boxes. */
function Held({ label, isHeld }: { label: string; isHeld: boolean }) {
  return isHeld ? (
    <IconCheck size={16} role="img" aria-label={label} />
  ) : (
    <Text span c="dimmed" aria-hidden>
      ·
    </Text>
  );
}

/** Resources down, actions across; an empty place means the action does not exist for the resource. */
export function PermissionGrid({ resources, permissions, onChange, disabled }: Props) {
  const t = useTexts('identity');
  const names = useNames();
  const columns = [...new Set(resources.flatMap(r => r.actions))];
  const toggle = (resource: string, actions: string[], isOn: boolean) => {
    const known = resources.find(r => r.resource === resource)?.actions ?? [];
    // A wildcard becomes the list it stands for, so that one action can be taken out of it.
    const held = known.filter(a => holds({ [resource]: permissions[resource] ?? [] }, resource, a));
    const next = isOn ? [...new Set([...held, ...actions])] : held.filter(a => !actions.includes(a));
    onChange({ ...permissions, [resource]: next });
  };
  return (
    <Table.ScrollContainer minWidth={900} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table verticalSpacing={4} stickyHeader highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('effective.resource')}</Table.Th>
            <Table.Th ta="center">{t('roles.all')}</Table.Th>
            {columns.map(action => (
              <Table.Th key={action} ta="center">
                {names.action(action)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {resources.map(({ resource, actions }) => {
            const count = actions.filter(a => holds(permissions, resource, a)).length;
            const box = (label: string, checked: boolean, wanted: string[], indeterminate = false) =>
              disabled ? (
                <Held label={label} isHeld={checked} />
              ) : (
                <Checkbox
                  size="xs"
                  display="inline-block"
                  aria-label={`${names.resource(resource)}: ${label}`}
                  checked={checked}
                  indeterminate={indeterminate}
                  onChange={event => toggle(resource, wanted, event.currentTarget.checked)}
                />
              );
            return (
              <Table.Tr key={resource}>
                <Table.Th scope="row" fw={400}>
                  {names.resource(resource)}
                </Table.Th>
                <Table.Td ta="center">
                  {box(
                    t('roles.all'),
                    count === actions.length,
                    actions,
                    count > 0 && count < actions.length,
                  )}
                </Table.Td>
                {columns.map(action => (
                  <Table.Td key={action} ta="center">
                    {actions.includes(action) &&
                      box(names.action(action), holds(permissions, resource, action), [action])}
                  </Table.Td>
                ))}
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

import { ActionIcon, Button, Checkbox, Group, Select, Stack, Table, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { MasterBom, MaterialSummary } from '../../../../preload/contract/catalogue.ts';
import { ask } from '../../../rpc/client.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { DayInput } from '../../../ui/DayInput.tsx';
import { formatQuantity, parseQuantity } from '../../../ui/formats.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { ItemPicker } from './ItemPicker.tsx';

type Line = Omit<MasterBom['lines'][number], 'line_id' | 'line_number' | 'alternate_of'> & {
  key: string;
  quantity: string;
  scrap: string;
  alternate_of: number | null;
};

const editable = (bom: MasterBom): Line[] =>
  bom.lines.map(({ line_id, line_number: _, ...line }) => ({
    ...line,
    key: line_id,
    quantity: formatQuantity(line.quantity_e6),
    scrap: formatQuantity(line.scrap_percent_e4 * 100),
  }));

/** Lines of a version that is not in force. */
export function BomEditor({ bom }: { bom: MasterBom }) {
  const t = useTexts('catalogue');
  const save = useCommand('catalogue.saveMasterBom');
  const units = useAsk('catalogue.listUnits', {}).data?.units ?? [];
  const [lines, setLines] = useState(() => editable(bom));
  const [start, setStart] = useState(bom.effective_start_on ?? '');
  const [end, setEnd] = useState(bom.effective_end_on ?? '');
  const [base, setBase] = useState(formatQuantity(bom.base_quantity_e6));
  const set = (key: string, patch: Partial<Line>) =>
    setLines(now => now.map(line => (line.key === key ? { ...line, ...patch } : line)));
  const amount = (line: Line) => parseQuantity(line.quantity) ?? 0;
  const scrap = (line: Line) => parseQuantity(line.scrap) ?? -1;
  const base_quantity_e6 = parseQuantity(base) ?? 0;
  const isValid =
    base_quantity_e6 > 0 &&
    lines.every(line => amount(line) > 0 && scrap(line) >= 0 && scrap(line) <= 100_000_000);

  async function add(item: MaterialSummary) {
    const { base_uom_id, base_uom_code } = await ask('catalogue.getMaterial', {
      material_id: item.material_id,
    });
    const line: Line = {
      key: `${item.material_id} ${lines.length} ${Math.max(0, ...lines.map(l => l.key.length))}`,
      component_material_id: item.material_id,
      material_number: item.material_number,
      material_name: item.material_name,
      record_type: item.record_type,
      quantity_e6: 1_000_000,
      quantity: '1',
      scrap: '0',
      uom_id: base_uom_id,
      uom_code: base_uom_code,
      scrap_percent_e4: 0,
      operation_number: null,
      is_phantom: false,
      backflush: false,
      notes: null,
      alternate_of: null,
    };
    setLines(now => [...now, line]);
  }
  const store = () =>
    save.run({
      bom_id: bom.bom_id,
      row_version: bom.row_version,
      material_id: bom.material_id,
      bom_number: bom.bom_number,
      bom_name: bom.bom_name,
      bom_type: bom.bom_type,
      base_quantity_e6,
      uom_id: bom.uom_id,
      effective_start_on: start || null,
      effective_end_on: end || null,
      lines: lines.map(line => ({
        component_material_id: line.component_material_id,
        quantity_e6: amount(line),
        uom_id: line.uom_id,
        scrap_percent_e4: Math.round(scrap(line) / 100),
        operation_number: line.operation_number,
        is_phantom: line.is_phantom,
        backflush: line.backflush,
        notes: line.notes,
        alternate_of: line.alternate_of,
      })),
    });
  return (
    <Stack gap="sm">
      <RefusalNotice failure={save.failure} />
      <Group align="flex-end">
        <TextInput
          label={`${t('fields.base_quantity')} (${bom.uom_code})`}
          w={160}
          value={base}
          error={base_quantity_e6 > 0 ? undefined : t('explode.quantity_wrong')}
          onChange={e => setBase(e.currentTarget.value)}
        />
        <DayInput
          clearable
          label={t('fields.effective_start_on')}
          w={170}
          value={start}
          onChange={setStart}
        />
        <DayInput clearable label={t('fields.effective_end_on')} w={170} value={end} onChange={setEnd} />
        <Button disabled={!isValid} loading={save.pending} onClick={() => store().catch(() => undefined)}>
          {t('form.save')}
        </Button>
      </Group>
      <Table stickyHeader verticalSpacing={2} aria-label={t('fields.lines')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={50}>#</Table.Th>
            <Table.Th>{t('fields.material_number')}</Table.Th>
            <Table.Th>{t('fields.material_name')}</Table.Th>
            <Table.Th w={110}>{t('fields.quantity')}</Table.Th>
            <Table.Th w={110}>{t('fields.uom')}</Table.Th>
            <Table.Th w={90}>{t('fields.scrap')}</Table.Th>
            <Table.Th w={80}>{t('fields.is_phantom')}</Table.Th>
            <Table.Th w={120}>{t('fields.alternate_of')}</Table.Th>
            <Table.Th w={180}>{t('fields.notes')}</Table.Th>
            <Table.Th w={40} aria-label={t('bom.remove_line')} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line, at) => {
            const named = (field: string) => `${field} ${line.material_number}`;
            return (
              <Table.Tr key={line.key}>
                <Table.Td>{(at + 1) * 10}</Table.Td>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>{line.material_number}</Table.Td>
                <Table.Td>{line.material_name}</Table.Td>
                <Table.Td>
                  <TextInput
                    size="xs"
                    aria-label={named(t('fields.quantity'))}
                    value={line.quantity}
                    error={amount(line) <= 0}
                    onChange={e => set(line.key, { quantity: e.currentTarget.value })}
                  />
                </Table.Td>
                <Table.Td>
                  <Select
                    size="xs"
                    allowDeselect={false}
                    aria-label={named(t('fields.uom'))}
                    data={units.map(u => u.uom_code)}
                    value={line.uom_code}
                    onChange={code => set(line.key, unitPatch(units.find(u => u.uom_code === code)))}
                  />
                </Table.Td>
                <Table.Td>
                  <TextInput
                    size="xs"
                    aria-label={named(t('fields.scrap'))}
                    value={line.scrap}
                    error={scrap(line) < 0}
                    onChange={e => set(line.key, { scrap: e.currentTarget.value })}
                  />
                </Table.Td>
                <Table.Td>
                  <Checkbox
                    aria-label={named(t('fields.is_phantom'))}
                    checked={line.is_phantom}
                    onChange={e => set(line.key, { is_phantom: e.currentTarget.checked })}
                  />
                </Table.Td>
                <Table.Td>
                  <Select
                    size="xs"
                    clearable
                    aria-label={named(t('fields.alternate_of'))}
                    data={lines.flatMap((_, other) => (other === at ? [] : [String((other + 1) * 10)]))}
                    value={line.alternate_of === null ? null : String(line.alternate_of)}
                    onChange={value => set(line.key, { alternate_of: value === null ? null : Number(value) })}
                  />
                </Table.Td>
                <Table.Td>
                  <TextInput
                    size="xs"
                    maxLength={500}
                    aria-label={named(t('fields.notes'))}
                    value={line.notes ?? ''}
                    onChange={e => set(line.key, { notes: e.currentTarget.value || null })}
                  />
                </Table.Td>
                <Table.Td>
                  <ActionIcon
                    variant="subtle"
                    color="red"
                    aria-label={named(t('bom.remove_line'))}
                    onClick={() => setLines(now => without(now, at))}
                  >
                    <IconTrash size={16} aria-hidden />
                  </ActionIcon>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      <ItemPicker label={t('bom.add_line')} onPick={item => void add(item)} />
    </Stack>
  );
}

const unitPatch = (unit: { uom_id: Line['uom_id']; uom_code: string } | undefined): Partial<Line> =>
  unit ? { uom_id: unit.uom_id, uom_code: unit.uom_code } : {};

/** Lines after the removed one move up, and so do the alternates that point at them. */
function without(lines: readonly Line[], at: number): Line[] {
  const removed = (at + 1) * 10;
  return lines
    .filter((_, index) => index !== at)
    .map(line => ({
      ...line,
      alternate_of:
        line.alternate_of === null || line.alternate_of === removed
          ? null
          : line.alternate_of > removed
            ? line.alternate_of - 10
            : line.alternate_of,
    }));
}

import {
  Button,
  Checkbox,
  Fieldset,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { MaterialDetails } from '../../../../preload/contract/catalogue.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { NumberField } from '../../../ui/NumberField.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { KINDS, kindOf } from './kinds.ts';

const PROCUREMENT = ['PURCHASE', 'MANUFACTURE', 'BOTH'] as const;
const TRACKING = ['NONE', 'LOT', 'SERIAL'] as const;
const RECORDS = ['PART', 'ASSEMBLY'] as const;
const oneOf = <T extends string>(choices: readonly T[], value: string | null, fallback: T): T =>
  choices.find(choice => choice === value) ?? fallback;

/** A new item, or the changes of a known one. */
export function ItemForm({ item, onClose }: { item?: MaterialDetails; onClose: () => void }) {
  const t = useTexts('catalogue');
  const navigate = useNavigate();
  const create = useCommand('catalogue.createMaterial');
  const save = useCommand('catalogue.saveMaterial');
  const units = useAsk('catalogue.listUnits', {}).data?.units ?? [];
  const categories = useAsk('catalogue.categoryTree', {}).data?.categories ?? [];
  const [number, setNumber] = useState('');
  const [record_type, setRecordType] = useState<(typeof RECORDS)[number]>('PART');
  const [fields, setFields] = useState({
    material_name: item?.material_name ?? '',
    description: item?.description ?? null,
    material_kind: item?.material_kind ?? ('COMPONENT' as const),
    material_category_id: item?.material_category_id ?? null,
    procurement_type: item?.procurement_type ?? ('PURCHASE' as const),
    tracking_mode: item?.tracking_mode ?? ('NONE' as const),
    lead_time_days: item?.lead_time_days ?? 0,
    manufacturer_part_number: item?.manufacturer_part_number ?? null,
    manufacturer_name: item?.manufacturer_name ?? null,
    warehouse_location: item?.warehouse_location ?? null,
    bin_location: item?.bin_location ?? null,
    can_order: item?.can_order ?? true,
  });
  const [uom, setUom] = useState<string | null>(item?.base_uom_code ?? 'EA');
  const base_uom_id = units.find(unit => unit.uom_code === uom)?.uom_id;
  const set = (patch: Partial<typeof fields>) => setFields(now => ({ ...now, ...patch }));
  const choices = (group: string, values: readonly string[]) =>
    values.map(value => ({ value, label: t(`${group}.${value}`) }));

  async function submit() {
    if (!base_uom_id) return;
    if (item) {
      await save.run({
        ...fields,
        base_uom_id,
        material_id: item.material_id,
        row_version: item.row_version,
      });
      onClose();
      return;
    }
    const { material_id } = await create.run({
      ...fields,
      base_uom_id,
      material_number: number,
      record_type,
    });
    navigate(`/catalogue/items/${material_id}`);
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      size="lg"
      title={item ? t('form.edit', { number: item.material_number }) : t('form.new')}
    >
      <form
        onSubmit={event => {
          event.preventDefault();
          submit().catch(() => undefined);
        }}
      >
        <Stack gap="sm">
          <RefusalNotice failure={save.failure ?? create.failure} />
          {!item && (
            <SimpleGrid cols={2}>
              <TextInput
                required
                data-autofocus
                label={t('fields.material_number')}
                maxLength={50}
                value={number}
                onChange={e => setNumber(e.currentTarget.value)}
              />
              <Select
                label={t('fields.record_type')}
                allowDeselect={false}
                data={choices('records', RECORDS)}
                value={record_type}
                onChange={value => setRecordType(oneOf(RECORDS, value, 'PART'))}
              />
            </SimpleGrid>
          )}
          <TextInput
            required
            label={t('fields.material_name')}
            maxLength={200}
            value={fields.material_name}
            onChange={e => set({ material_name: e.currentTarget.value })}
          />
          <Textarea
            label={t('fields.description')}
            maxLength={500}
            autosize
            value={fields.description ?? ''}
            onChange={e => set({ description: e.currentTarget.value || null })}
          />
          <SimpleGrid cols={2}>
            <Select
              label={t('fields.material_kind')}
              allowDeselect={false}
              data={choices('kinds', KINDS)}
              value={fields.material_kind}
              onChange={value => set({ material_kind: kindOf(value) ?? 'COMPONENT' })}
            />
            <Select
              label={t('fields.category')}
              clearable
              searchable
              data={categories
                .filter(c => c.is_active || c.category_id === item?.material_category_id)
                .map(c => ({ value: c.category_id, label: `${c.category_code} ${c.category_name}` }))}
              value={fields.material_category_id}
              onChange={value =>
                set({
                  material_category_id: categories.find(c => c.category_id === value)?.category_id ?? null,
                })
              }
            />
            <Select
              label={t('fields.base_uom')}
              allowDeselect={false}
              searchable
              data={units.map(u => ({ value: u.uom_code, label: `${u.uom_code} – ${u.uom_name}` }))}
              value={uom}
              onChange={setUom}
            />
            <Select
              label={t('fields.procurement_type')}
              allowDeselect={false}
              data={choices('procurement', PROCUREMENT)}
              value={fields.procurement_type}
              onChange={value => set({ procurement_type: oneOf(PROCUREMENT, value, 'PURCHASE') })}
            />
            <Select
              label={t('fields.tracking_mode')}
              allowDeselect={false}
              data={choices('tracking', TRACKING)}
              value={fields.tracking_mode}
              onChange={value => set({ tracking_mode: oneOf(TRACKING, value, 'NONE') })}
            />
            <NumberField
              label={t('fields.lead_time_days')}
              min={0}
              max={3650}
              allowDecimal={false}
              value={fields.lead_time_days}
              onChange={value => set({ lead_time_days: Number(value) || 0 })}
            />
            <TextInput
              label={t('fields.manufacturer_part_number')}
              maxLength={100}
              value={fields.manufacturer_part_number ?? ''}
              onChange={e => set({ manufacturer_part_number: e.currentTarget.value || null })}
            />
            <TextInput
              label={t('fields.manufacturer_name')}
              maxLength={200}
              value={fields.manufacturer_name ?? ''}
              onChange={e => set({ manufacturer_name: e.currentTarget.value || null })}
            />
          </SimpleGrid>
          <Fieldset legend={t('fields.usual_place')} p="sm">
            <SimpleGrid cols={2}>
              <TextInput
                label={t('fields.warehouse_location')}
                maxLength={100}
                value={fields.warehouse_location ?? ''}
                onChange={e => set({ warehouse_location: e.currentTarget.value || null })}
              />
              <TextInput
                label={t('fields.bin_location')}
                maxLength={50}
                value={fields.bin_location ?? ''}
                onChange={e => set({ bin_location: e.currentTarget.value || null })}
              />
            </SimpleGrid>
          </Fieldset>
          <Checkbox
            label={t('fields.can_order')}
            checked={fields.can_order}
            onChange={e => set({ can_order: e.currentTarget.checked })}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('form.cancel')}
            </Button>
            <Button type="submit" loading={save.pending || create.pending}>
              {t('form.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

import { Group, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useCommand } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { useTexts } from '../../../ui/texts.ts';
import { PlaceDialog } from './PlaceDialog.tsx';

type Plant = OutputAt<'identity.listPlants'>[number];
const ZONES = Intl.supportedValuesOf('timeZone');

export function PlantForm({ plant, onClose }: { plant: Plant | null; onClose: () => void }) {
  const t = useTexts('identity');
  const save = useCommand('identity.savePlant');
  const form = useForm({
    initialValues: {
      plant_code: plant?.plant_code ?? '',
      plant_name: plant?.plant_name ?? '',
      location: plant?.location ?? '',
      timezone: plant?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      currency_code: plant?.currency_code ?? 'USD',
      paper_size: plant?.paper_size ?? 'LETTER',
      is_active: plant?.is_active ?? true,
    },
  });
  return (
    <PlaceDialog
      title={plant ? plant.plant_name : t('plants.new')}
      words="plants"
      name={form.getInputProps('plant_name')}
      code={form.getInputProps('plant_code')}
      form={form}
      onSubmit={values =>
        save
          .run({ ...values, ...(plant && { plant_id: plant.plant_id, row_version: plant.row_version }) })
          .then(onClose, () => undefined)
      }
      onClose={onClose}
      save={save}
    >
      <TextInput label={t('plants.location')} maxLength={500} {...form.getInputProps('location')} />
      <Select
        label={t('plants.timezone')}
        description={t('plants.timezone_hint')}
        required
        searchable
        allowDeselect={false}
        limit={100}
        data={[...new Set([form.values.timezone, ...ZONES])]}
        {...form.getInputProps('timezone')}
      />
      <Group grow>
        <TextInput
          label={t('plants.currency')}
          required
          maxLength={3}
          {...form.getInputProps('currency_code')}
        />
        <Select
          label={t('plants.paper')}
          allowDeselect={false}
          data={[
            { value: 'LETTER', label: 'Letter' },
            { value: 'A4', label: 'A4' },
          ]}
          {...form.getInputProps('paper_size')}
        />
      </Group>
    </PlaceDialog>
  );
}

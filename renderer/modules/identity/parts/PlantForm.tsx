import { Button, Group, Modal, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useCommand } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';

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
  const submit = form.onSubmit(values =>
    save
      .run({ ...values, ...(plant && { plant_id: plant.plant_id, row_version: plant.row_version }) })
      .then(onClose, () => undefined),
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={plant ? plant.plant_name : t('plants.new')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={t('plants.name')}
            required
            maxLength={200}
            data-autofocus
            {...form.getInputProps('plant_name')}
          />
          <TextInput label={t('plants.code')} required maxLength={20} {...form.getInputProps('plant_code')} />
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
          <Switch label={t('plants.active')} {...form.getInputProps('is_active', { type: 'checkbox' })} />
          <RefusalNotice failure={save.failure} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={save.pending}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

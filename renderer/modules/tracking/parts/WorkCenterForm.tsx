import { MultiSelect, NativeSelect, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { z } from 'zod';
import type { WorkCenterRow } from '../../../../preload/contract/tracking.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { NumberField } from '../../../ui/NumberField.tsx';
import { useTexts } from '../../../ui/texts.ts';

const TYPES = ['ASSEMBLY', 'MACHINE', 'PACKAGING', 'QUALITY_CHECK'] as const;
const workCenterType = z.enum(TYPES);

/** Code, name, place in the flow and the departments whose people book there. */
export function WorkCenterForm({
  center,
  next_position,
  onClose,
}: {
  center: WorkCenterRow | null;
  next_position: number;
  onClose: () => void;
}) {
  const t = useTexts('tracking');
  const { plant_id } = useMe();
  const departments = useAsk('identity.listDepartments', { plant_id }).data ?? [];
  const save = useCommand('tracking.saveWorkCenter');
  const form = useForm({
    initialValues: {
      work_center_code: center?.work_center_code ?? '',
      work_center_name: center?.work_center_name ?? '',
      work_center_type: center?.work_center_type ?? ('ASSEMBLY' as const),
      flow_position: center?.flow_position ?? next_position,
      is_active: center?.is_active ?? true,
      department_ids: (center?.departments ?? []).map(d => d.department_id as string),
    },
  });
  return (
    <Dialog opened onClose={onClose} title={center ? center.work_center_name : t('centers.new')}>
      <DialogForm
        onSubmit={event =>
          form.onSubmit(
            values =>
              void save
                .run({
                  ...values,
                  flow_position: Number(values.flow_position),
                  department_ids: departments.flatMap(d =>
                    values.department_ids.includes(d.department_id) ? [d.department_id] : [],
                  ),
                  ...(center && { work_center_id: center.work_center_id, row_version: center.row_version }),
                })
                .then(onClose, () => undefined),
          )(event)
        }
        onCancel={onClose}
        submitLabel={t('save')}
        pending={save.pending}
        failure={save.failure}
      >
        <TextInput
          label={t('centers.code')}
          required
          maxLength={20}
          data-autofocus
          {...form.getInputProps('work_center_code')}
        />
        <TextInput
          label={t('centers.name')}
          required
          maxLength={100}
          {...form.getInputProps('work_center_name')}
        />
        <NativeSelect
          label={t('centers.type')}
          data={TYPES.map(value => ({ value, label: t(`centers.types.${value}`) }))}
          value={form.values.work_center_type}
          onChange={event => {
            const chosen = workCenterType.safeParse(event.currentTarget.value);
            if (chosen.success) form.setFieldValue('work_center_type', chosen.data);
          }}
        />
        <NumberField
          label={t('centers.position')}
          description={t('centers.position_text')}
          min={1}
          max={9999}
          allowDecimal={false}
          {...form.getInputProps('flow_position')}
        />
        <MultiSelect
          label={t('centers.departments')}
          description={t('centers.departments_text')}
          data={departments.map(d => ({ value: d.department_id, label: d.dept_name }))}
          {...form.getInputProps('department_ids')}
        />
        <Switch
          label={t('centers.active')}
          description={center && center.movements > 0 ? t('centers.active_text') : undefined}
          {...form.getInputProps('is_active', { type: 'checkbox' })}
        />
      </DialogForm>
    </Dialog>
  );
}

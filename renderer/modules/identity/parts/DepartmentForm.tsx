import { Button, Group, Modal, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useCommand } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';

type Department = OutputAt<'identity.listDepartments'>[number];

export function DepartmentForm({
  plant_id,
  department,
  onClose,
}: {
  plant_id: string;
  department: Department | null;
  onClose: () => void;
}) {
  const t = useTexts('identity');
  const save = useCommand('identity.saveDepartment');
  const form = useForm({
    initialValues: {
      dept_code: department?.dept_code ?? '',
      dept_name: department?.dept_name ?? '',
      description: department?.description ?? '',
      is_active: department?.is_active ?? true,
    },
  });
  const submit = form.onSubmit(values =>
    save
      .run({
        ...values,
        plant_id,
        ...(department && { department_id: department.department_id, row_version: department.row_version }),
      })
      .then(onClose, () => undefined),
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={department ? department.dept_name : t('departments.new')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={t('departments.name')}
            required
            maxLength={200}
            data-autofocus
            {...form.getInputProps('dept_name')}
          />
          <TextInput
            label={t('departments.code')}
            required
            maxLength={20}
            {...form.getInputProps('dept_code')}
          />
          <TextInput
            label={t('departments.description')}
            maxLength={500}
            {...form.getInputProps('description')}
          />
          <Switch
            label={t('departments.active')}
            {...form.getInputProps('is_active', { type: 'checkbox' })}
          />
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

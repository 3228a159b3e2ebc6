import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useCommand } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { useTexts } from '../../../ui/texts.ts';
import { PlaceDialog } from './PlaceDialog.tsx';

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
  return (
    <PlaceDialog
      title={department ? department.dept_name : t('departments.new')}
      words="departments"
      name={form.getInputProps('dept_name')}
      code={form.getInputProps('dept_code')}
      form={form}
      onSubmit={values =>
        save
          .run({
            ...values,
            plant_id,
            ...(department && {
              department_id: department.department_id,
              row_version: department.row_version,
            }),
          })
          .then(onClose, () => undefined)
      }
      onClose={onClose}
      save={save}
    >
      <TextInput
        label={t('departments.description')}
        maxLength={500}
        {...form.getInputProps('description')}
      />
    </PlaceDialog>
  );
}

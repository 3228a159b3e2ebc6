import { Select, SimpleGrid, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useAsk } from '../../../rpc/hooks.ts';
import { useTexts } from '../../../ui/texts.ts';

export interface UserValues {
  username: string;
  full_name: string;
  initials: string;
  email: string;
  locale: 'en' | 'fr' | 'es';
  plant_id: string | null;
  department_id: string | null;
}
export const emptyUser: UserValues = {
  username: '',
  full_name: '',
  initials: '',
  email: '',
  locale: 'en',
  plant_id: null,
  department_id: null,
};
export const toInput = ({ email, ...values }: UserValues) => ({ ...values, email: email.trim() || null });
const LOCALES = [
  { value: 'en', label: 'English' },
  { value: 'fr', label: 'Français' },
  { value: 'es', label: 'Español' },
];

export function UserFields({
  form,
  disabled = false,
}: {
  form: UseFormReturnType<UserValues>;
  disabled?: boolean;
}) {
  const t = useTexts('identity');
  const plants = useAsk('identity.listPlants', {}).data ?? [];
  const departments = useAsk('identity.listDepartments', {}).data ?? [];
  const here = departments.filter(
    d =>
      d.plant_id === form.values.plant_id && (d.is_active || d.department_id === form.values.department_id),
  );
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      <TextInput
        label={t('user.full_name')}
        required
        maxLength={100}
        disabled={disabled}
        {...form.getInputProps('full_name')}
      />
      <TextInput
        label={t('user.username')}
        required
        maxLength={80}
        autoComplete="off"
        disabled={disabled}
        {...form.getInputProps('username')}
      />
      <TextInput
        label={t('user.initials')}
        description={t('user.initials_hint')}
        required
        maxLength={5}
        disabled={disabled}
        {...form.getInputProps('initials')}
      />
      <TextInput
        label={t('user.email')}
        description={t('user.email_hint')}
        type="email"
        maxLength={255}
        disabled={disabled}
        {...form.getInputProps('email')}
      />
      <Select
        label={t('user.plant')}
        clearable
        disabled={disabled}
        data={plants
          .filter(p => p.is_active || p.plant_id === form.values.plant_id)
          .map(p => ({ value: p.plant_id, label: p.plant_name }))}
        value={form.values.plant_id}
        onChange={plant_id => form.setValues({ plant_id, department_id: null })}
      />
      <Select
        label={t('user.department')}
        clearable
        disabled={disabled || form.values.plant_id === null}
        data={here.map(d => ({ value: d.department_id, label: d.dept_name }))}
        {...form.getInputProps('department_id')}
      />
      <Select
        label={t('user.locale')}
        data={LOCALES}
        allowDeselect={false}
        disabled={disabled}
        {...form.getInputProps('locale')}
      />
    </SimpleGrid>
  );
}

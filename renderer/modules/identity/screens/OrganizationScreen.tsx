import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';

const METHODS = ['FIFO', 'LIFO', 'WEIGHTED_AVERAGE'] as const;

export default function OrganizationScreen() {
  const t = useTexts('identity');
  const found = useAsk('identity.getOrganization', {});
  return (
    <>
      <PageHeader title={t('organization.title')} />
      <RefusalNotice failure={found.error} />
      {found.data && <OrganizationForm key={found.data.row_version} organization={found.data} />}
    </>
  );
}

function OrganizationForm({ organization }: { organization: OutputAt<'identity.getOrganization'> }) {
  const t = useTexts('identity');
  const save = useCommand('identity.saveOrganization');
  const form = useForm({
    initialValues: { org_name: organization.org_name, costing_method: organization.costing_method },
  });
  const submit = form.onSubmit(values =>
    save.run({ ...values, row_version: organization.row_version }).then(
      () => undefined,
      () => undefined,
    ),
  );
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" maw={480}>
        <TextInput label={t('organization.code')} value={organization.org_code} disabled />
        <TextInput
          label={t('organization.name')}
          required
          maxLength={200}
          {...form.getInputProps('org_name')}
        />
        <Select
          label={t('organization.costing')}
          allowDeselect={false}
          data={METHODS.map(value => ({ value, label: t(`organization.methods.${value}`) }))}
          {...form.getInputProps('costing_method')}
        />
        <RefusalNotice failure={save.failure} />
        <Group>
          <Button type="submit" disabled={!form.isDirty()} loading={save.pending}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

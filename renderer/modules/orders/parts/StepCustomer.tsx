import {
  Alert,
  Autocomplete,
  Checkbox,
  Group,
  Paper,
  Radio,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { DraftDocument, DraftHeader, Problem } from '../../../../preload/contract/orders.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { DayInput } from '../../../ui/DayInput.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { DraftFiles } from './DraftFiles.tsx';
import { problemText } from './problem-text.ts';

interface StepCustomerProps {
  draft: DraftDocument;
  problems: readonly Problem[];
  /** Fields whose problems are shown; nobody is told off for a field not reached yet. */
  isTouched: (path: string) => boolean;
  touch: (path: string) => void;
  onChange: (next: (draft: DraftDocument) => DraftDocument) => void;
  draftId: string | undefined;
  ensureDraft: () => Promise<string | undefined>;
}

const LANGUAGES = ['EN', 'FR', 'SP'] as const;

export function StepCustomer(props: StepCustomerProps) {
  const { draft, problems, isTouched, touch, onChange } = props;
  const t = useTexts('orders');
  const texts = useTexts('refusals');
  const { header } = draft;
  const [number] = useDebouncedValue(header.order_number.trim(), 200);
  const used = useAsk('orders.checkOrderNumber', { order_number: number }, { enabled: number.length >= 3 });
  const set = (patch: Partial<DraftHeader>) =>
    onChange(before => ({ ...before, header: { ...before.header, ...patch } }));
  const shown = (field: string, kind: Problem['kind']) => {
    const found = problems.find(({ path, kind: of }) => path === `header.${field}` && of === kind);
    return found && isTouched(`header.${field}`) ? problemText(texts, found) : undefined;
  };
  const field = (name: keyof DraftHeader) => ({
    value: header[name],
    label: t(`screens.header.${name}`),
    error: shown(name, 'error'),
    onBlur: () => touch(`header.${name}`),
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  });
  const isExisting = used.data?.is_used ?? false;
  return (
    <Stack gap="md" maw={860}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="sm">
        <TextInput
          {...field('order_number')}
          withAsterisk
          maxLength={50}
          data-autofocus
          autoFocus={!header.order_number}
        />
        <DayInput
          label={t('screens.header.want_on')}
          withAsterisk
          value={header.want_on}
          clearable
          error={shown('want_on', 'error')}
          description={shown('want_on', 'warning')}
          onBlur={() => touch('header.want_on')}
          onChange={want_on => {
            touch('header.want_on');
            set({ want_on });
          }}
        />
        <Suggested
          name="customer_name"
          header={header}
          set={set}
          touch={touch}
          error={shown('customer_name', 'error')}
          isRequired
        />
        <Suggested
          name="sales_person"
          header={header}
          set={set}
          touch={touch}
          error={shown('sales_person', 'error')}
          isRequired
        />
        <Suggested
          name="project_name"
          header={header}
          set={set}
          touch={touch}
          error={shown('project_name', 'error')}
        />
        <Radio.Group
          label={t('screens.header.document_language')}
          withAsterisk
          value={header.document_language}
          onChange={value => set({ document_language: LANGUAGES.find(code => code === value) ?? 'EN' })}
        >
          <Group mt={6}>
            {LANGUAGES.map(code => (
              <Radio key={code} value={code} label={t(`screens.languages.${code}`)} />
            ))}
          </Group>
        </Radio.Group>
      </SimpleGrid>
      {isExisting && (
        <Alert color="blue" title={t('screens.po_exists', { number: header.order_number.trim() })}>
          <Stack gap={4}>
            <Text size="sm">
              {used.data?.customer_name} ·{' '}
              {used.data?.builds.map(({ build_number }) => build_number).join(', ')}
            </Text>
            <Checkbox
              label={t('screens.add_to_existing')}
              checked={draft.add_to_existing}
              onChange={event => {
                const { checked } = event.currentTarget;
                onChange(before => ({ ...before, add_to_existing: checked }));
              }}
            />
          </Stack>
        </Alert>
      )}
      <Textarea {...field('notes')} autosize minRows={2} maxRows={6} maxLength={10_000} />
      <Paper withBorder p="sm">
        <Title order={3} size="h6" mb={6}>
          {t('screens.documents')}
        </Title>
        <DraftFiles
          files={draft.files}
          draftId={props.draftId}
          ensureDraft={props.ensureDraft}
          onChange={files => onChange(before => ({ ...before, files: files(before.files) }))}
        />
      </Paper>
    </Stack>
  );
}

function Suggested(props: {
  name: 'customer_name' | 'sales_person' | 'project_name';
  header: DraftHeader;
  set: (patch: Partial<DraftHeader>) => void;
  touch: (path: string) => void;
  error: string | undefined;
  isRequired?: boolean;
}) {
  const { name, header, set, touch, error, isRequired } = props;
  const t = useTexts('orders');
  const [text] = useDebouncedValue(header[name], 150);
  const known = useAsk('orders.headerSuggestions', { field: name, text: text.slice(0, 100) });
  return (
    <Autocomplete
      label={t(`screens.header.${name}`)}
      withAsterisk={isRequired}
      value={header[name]}
      maxLength={100}
      data={[...new Set(known.data?.values ?? [])]}
      limit={8}
      error={error}
      onBlur={() => touch(`header.${name}`)}
      onChange={value => set({ [name]: value })}
    />
  );
}

import { Group, MultiSelect, NativeSelect, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type PlanCheck, planCheck } from '../../../../preload/contract/inspection-plan.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { useTexts } from '../../../ui/texts.ts';

const FILE_ROLES = planCheck.shape.shows_file_roles.unwrap().element.options;
const LANGUAGES = ['en', 'fr', 'es'] as const;
const FLAGS = ['is_required', 'can_be_na', 'is_informative', 'is_unique'] as const;
const OPTIONAL = [
  'expected',
  'default_value',
  'unit',
  'target_value',
  'lower_limit',
  'upper_limit',
  'tolerance',
  'instrument_type',
  'material_number',
] as const;

interface Props {
  check: PlanCheck;
  isOpen: boolean;
  onClose: () => void;
  onSave: (check: PlanCheck) => void;
}
/** One check of a form: words, kind, when it applies, limits, choices. */
export function CheckDialog({ check, isOpen, onClose, onSave }: Props) {
  const t = useTexts('quality');
  const files = useTexts('infrastructure');
  const [draft, setDraft] = useState(check);
  const [problem, setProblem] = useState<string | null>(null);
  const set = (change: Partial<PlanCheck>) => setDraft(held => ({ ...held, ...change }));
  const submit = () => {
    const filled = Object.fromEntries(
      Object.entries(draft).filter(([, value]) => value !== '' && value !== undefined),
    );
    const parsed = planCheck.safeParse(filled);
    if (parsed.success) onSave(parsed.data);
    else setProblem(parsed.error.issues[0]?.path.join('.') ?? '');
  };
  return (
    <Dialog opened onClose={onClose} title={check.code} size="xl">
      <DialogForm
        onSubmit={submit}
        onCancel={onClose}
        submitLabel={t('plan.take_over')}
        isReady={isOpen}
        pending={false}
        failure={
          problem === null
            ? null
            : { code: 'plan_invalid', message: '', details: { at: check.code, reason: problem } }
        }
      >
        <TextInput
          label={t('plan.check_code')}
          readOnly={!isOpen}
          maxLength={100}
          value={draft.code}
          onChange={event => set({ code: event.currentTarget.value })}
        />
        {LANGUAGES.map(language => (
          <Textarea
            key={language}
            label={`${t('plan.check_name')} (${language.toUpperCase()})`}
            autosize
            readOnly={!isOpen}
            value={draft.name[language]}
            onChange={event => set({ name: { ...draft.name, [language]: event.currentTarget.value } })}
          />
        ))}
        <Group grow>
          <NativeSelect
            label={t('plan.data_type')}
            disabled={!isOpen}
            value={draft.data_type}
            data={planCheck.shape.data_type.options.map(value => ({
              value,
              label: t(`data_types.${value}`),
            }))}
            onChange={event => set({ data_type: planCheck.shape.data_type.parse(event.currentTarget.value) })}
          />
          <NativeSelect
            label={t('plan.repeated')}
            disabled={!isOpen}
            value={draft.is_repeated_per ?? ''}
            data={[
              { value: '', label: t('plan.once') },
              ...planCheck.shape.is_repeated_per
                .unwrap()
                .options.map(value => ({ value, label: t(`plan.per.${value}`) })),
            ]}
            onChange={event =>
              set({
                is_repeated_per: planCheck.shape.is_repeated_per.safeParse(event.currentTarget.value).data,
              })
            }
          />
        </Group>
        <Textarea
          label={t('plan.applies_when')}
          description={t('plan.expression_text')}
          autosize
          ff="monospace"
          readOnly={!isOpen}
          value={draft.applies_when}
          onChange={event => set({ applies_when: event.currentTarget.value })}
        />
        <Group gap="lg">
          {FLAGS.map(flag => (
            <Switch
              key={flag}
              label={t(`plan.flags.${flag}`)}
              disabled={!isOpen}
              checked={draft[flag]}
              onChange={event => set({ [flag]: event.currentTarget.checked })}
            />
          ))}
        </Group>
        <Group align="end" wrap="wrap">
          {OPTIONAL.map(name => (
            <TextInput
              key={name}
              w={200}
              label={t(`plan.optional.${name}`)}
              readOnly={!isOpen}
              value={draft[name] ?? ''}
              onChange={event => set({ [name]: event.currentTarget.value })}
            />
          ))}
        </Group>
        <MultiSelect
          label={t('plan.shows_file_roles')}
          description={t('plan.shows_file_roles_text')}
          disabled={!isOpen}
          data={FILE_ROLES.map(value => ({ value, label: files(`files.roles.${value}`) }))}
          value={draft.shows_file_roles}
          onChange={chosen => set({ shows_file_roles: FILE_ROLES.filter(role => chosen.includes(role)) })}
        />
        {draft.data_type === 'CHOICE' && (
          <Options check={draft} isOpen={isOpen} onChange={options => set({ options })} />
        )}
      </DialogForm>
    </Dialog>
  );
}

/** One choice per line: `CODE = English | French | Spanish`. */
function Options({
  check,
  isOpen,
  onChange,
}: {
  check: PlanCheck;
  isOpen: boolean;
  onChange: (options: PlanCheck['options']) => void;
}) {
  const t = useTexts('quality');
  const [text, setText] = useState(
    check.options.map(o => `${o.code} = ${o.label.en} | ${o.label.fr} | ${o.label.es}`).join('\n'),
  );
  const read = (typed: string) =>
    onChange(
      typed.split('\n').flatMap(line => {
        const [code = '', words = ''] = line.split('=').map(part => part.trim());
        if (code === '') return [];
        const [en = code, fr = en, es = en] = words.split('|').map(part => part.trim());
        const held = check.options.find(o => o.code === code);
        return [{ ...held, code, label: { en: en || code, fr: fr || en, es: es || en } }];
      }),
    );
  return (
    <Stack gap={2}>
      <Textarea
        label={t('plan.options')}
        description={t('plan.options_text')}
        autosize
        minRows={2}
        readOnly={!isOpen}
        value={text}
        onChange={event => {
          setText(event.currentTarget.value);
          read(event.currentTarget.value);
        }}
      />
    </Stack>
  );
}

import {
  Badge,
  Button,
  Group,
  MultiSelect,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { instructionSummary } from '../../../../preload/contract/production.ts';
import { taskGroup } from '../../../../preload/contract/production-shapes.ts';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../../app/i18n.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { NumberField } from '../../../ui/NumberField.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { ConditionInput } from './ConditionInput.tsx';
import { StepsEditor } from './StepsEditor.tsx';
import { type Draft, type InstructionState, newDraft, useInstruction } from './use-instruction.ts';

/** A draft of a work instruction: `/instructions/new`, or a version that is still a draft. */
export default function InstructionEditor() {
  const { instruction_id = '' } = useParams();
  const id = instructionSummary.shape.instruction_id.safeParse(instruction_id);
  return id.success ? <Stored instruction_id={id.data} /> : <Form given={newDraft} />;
}

function Stored({ instruction_id }: { instruction_id: NonNullable<Draft['instruction_id']> }) {
  const { data, error } = useAsk('production.editInstruction', { instruction_id });
  if (error) return <RefusalNotice failure={error} />;
  if (!data) return null;
  const { instruction_version, status: _, ...given } = data;
  return <Form key={data.instruction_id} given={given} version={instruction_version} />;
}

function Form({ given, version = 1 }: { given: Draft; version?: number }) {
  const t = useTexts('production');
  const { may } = useMe();
  const navigate = useNavigate();
  const state = useInstruction(given);
  const approve = useCommand('production.approveInstruction');
  const discard = useCommand('production.discardInstruction');
  const [language, setLanguage] = useState<Language>('en');
  const { draft, isChanged, save } = state;
  const { instruction_id, row_version } = draft;
  const pageOf = (id: string) => `/instructions/${id}`;
  const keep = async () => {
    const saved = await state.keep();
    if (instruction_id === null) navigate(`${pageOf(saved.instruction_id)}/edit`, { replace: true });
  };
  const putInForce = async () => {
    if (instruction_id === null || row_version === null) return;
    await approve.run({ instruction_id, row_version });
    navigate(pageOf(instruction_id));
  };
  const giveUp = async () => {
    if (instruction_id !== null) await discard.run({ instruction_id });
    navigate('/instructions');
  };
  const quietly = (run: () => Promise<void>) => () => void run().catch(() => undefined);
  return (
    <>
      <PageHeader
        title={
          `${draft.instruction_code} ${draft.title[language] || draft.title.en}`.trim() || t('editor.new')
        }
        crumbs={[{ label: t('instructions'), to: '/instructions' }]}
        status={<Badge variant="default">{`${t('statuses.DRAFT')} · ${t('version')} ${version}`}</Badge>}
        subtitle={isChanged ? t('editor.has_changes') : undefined}
        actions={
          <>
            <Button variant="default" onClick={quietly(giveUp)}>
              {t('editor.discard')}
            </Button>
            <Button
              variant="default"
              disabled={isChanged || instruction_id === null}
              onClick={() => navigate(`/instructions/try?draft=${instruction_id}`)}
            >
              {t('editor.preview')}
            </Button>
            {may('work_instructions:approve') && (
              <Button
                variant="default"
                disabled={isChanged || instruction_id === null}
                loading={approve.pending}
                onClick={quietly(putInForce)}
              >
                {t('editor.approve')}
              </Button>
            )}
            <Button disabled={!isChanged} loading={save.pending} onClick={quietly(keep)}>
              {t('editor.save')}
            </Button>
          </>
        }
      />
      <Stack gap="md" maw={1000}>
        <RefusalNotice failure={save.failure ?? approve.failure ?? discard.failure} />
        <Group gap="xs">
          <Text size="sm">{t('editor.language')}</Text>
          <SegmentedControl
            size="xs"
            aria-label={t('editor.language')}
            data={LANGUAGES.map(value => ({ value, label: LANGUAGE_NAMES[value] }))}
            value={language}
            onChange={value => setLanguage(LANGUAGES.find(known => known === value) ?? 'en')}
          />
        </Group>
        <Header state={state} language={language} isNew={version === 1} />
        <Title order={2} size="h4">
          {t('steps')}
        </Title>
        <StepsEditor state={state} language={language} />
      </Stack>
    </>
  );
}

interface HeaderProps {
  state: InstructionState;
  language: Language;
  isNew: boolean;
}
function Header({ state, language, isNew }: HeaderProps) {
  const t = useTexts('production');
  const { locale } = useMe();
  const { draft, change } = state;
  const tools = useAsk('production.listTools', {});
  const groups = taskGroup.options;
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        <TextInput
          label={t('code')}
          value={draft.instruction_code}
          disabled={!isNew}
          maxLength={20}
          onChange={event => change({ instruction_code: event.currentTarget.value.toUpperCase() })}
        />
        <TextInput
          label={t('form')}
          value={draft.form_id}
          maxLength={40}
          onChange={event => change({ form_id: event.currentTarget.value })}
        />
        <NumberField
          label={t('minutes')}
          min={0}
          max={100_000}
          allowDecimal={false}
          value={draft.estimated_minutes}
          onChange={value => change({ estimated_minutes: Number(value) || 0 })}
        />
      </SimpleGrid>
      <TextInput
        label={t('name')}
        value={draft.title[language]}
        maxLength={200}
        onChange={event => change({ title: { ...draft.title, [language]: event.currentTarget.value } })}
      />
      <Textarea
        label={t('description')}
        autosize
        minRows={2}
        value={draft.description[language]}
        maxLength={2000}
        onChange={event =>
          change({ description: { ...draft.description, [language]: event.currentTarget.value } })
        }
      />
      <ConditionInput
        label={t('applies_when')}
        value={draft.applies_when}
        for_each={null}
        onChange={applies_when => change({ applies_when })}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <Select
          label={t('for_each')}
          placeholder={t('editor.every_build')}
          clearable
          data={groups.map(value => ({ value, label: t(`groups.${value}`) }))}
          value={draft.for_each}
          onChange={value =>
            change({ for_each: groups.find(group => group === value) ?? null, for_each_when: null })
          }
        />
        {draft.for_each && (
          <ConditionInput
            label={t('editor.for_each_when')}
            value={draft.for_each_when ?? ''}
            for_each={draft.for_each}
            onChange={text => change({ for_each_when: text === '' ? null : text })}
          />
        )}
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <TagsInput
          label={t('after')}
          description={t('editor.after_hint')}
          value={draft.after_codes}
          onChange={after_codes => change({ after_codes })}
        />
        <MultiSelect
          label={t('tools')}
          searchable
          data={(tools.data?.tools ?? []).map(tool => ({
            value: tool.tool_id,
            label: tool.names[locale] || tool.names.en,
          }))}
          value={draft.tool_ids}
          onChange={values =>
            change({
              tool_ids: (tools.data?.tools ?? [])
                .filter(tool => values.includes(tool.tool_id))
                .map(tool => tool.tool_id),
            })
          }
        />
      </SimpleGrid>
      <TextInput
        label={t('editor.change_note')}
        value={draft.change_note}
        maxLength={500}
        onChange={event => change({ change_note: event.currentTarget.value })}
      />
    </>
  );
}

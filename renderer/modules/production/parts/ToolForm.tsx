import { Checkbox, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { LANGUAGE_NAMES, LANGUAGES } from '../../../app/i18n.ts';
import { useCommand } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { DayInput } from '../../../ui/DayInput.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { useTexts } from '../../../ui/texts.ts';

export type Tool = OutputAt<'production.listTools'>['tools'][number];
const CATEGORIES = [
  'CLEANING',
  'ELECTRICAL',
  'HAND_TOOL',
  'MEASURING',
  'PLUMBING',
  'POWER_TOOL',
  'PROTECTION',
  'TORQUE',
] as const;

/** A tool with its names, asset number and the day its calibration is due. */
export function ToolForm({ tool, onClose }: { tool: Tool | null; onClose: () => void }) {
  const t = useTexts('production');
  const save = useCommand('production.saveTool');
  const [names, setNames] = useState(tool?.names ?? { en: '', fr: '', es: '' });
  const [description, setDescription] = useState(tool?.description ?? '');
  const [category, setCategory] = useState(tool?.category ?? null);
  const [asset, setAsset] = useState(tool?.asset_number ?? '');
  const [due, setDue] = useState(tool?.calibration_due_on ?? '');
  const [isActive, setActive] = useState(tool?.is_active ?? true);
  const keep = async () => {
    await save.run({
      tool_id: tool?.tool_id ?? null,
      row_version: tool?.row_version ?? null,
      names,
      description: description.trim() || null,
      category,
      asset_number: asset.trim() || null,
      calibration_due_on: due || null,
      is_active: isActive,
    });
    onClose();
  };
  return (
    <Dialog opened title={t(tool ? 'tool.edit' : 'tool.new')} onClose={onClose}>
      <DialogForm
        onSubmit={() => void keep().catch(() => undefined)}
        onCancel={onClose}
        submitLabel={t('tool.save')}
        isReady={names.en.trim() !== ''}
        pending={save.pending}
        failure={save.failure}
      >
        {LANGUAGES.map(language => (
          <TextInput
            key={language}
            label={`${t('name')} · ${LANGUAGE_NAMES[language]}`}
            value={names[language]}
            maxLength={100}
            onChange={event => setNames({ ...names, [language]: event.currentTarget.value })}
          />
        ))}
        <TextInput
          label={t('description')}
          value={description}
          maxLength={500}
          onChange={event => setDescription(event.currentTarget.value)}
        />
        <Select
          label={t('category')}
          clearable
          data={CATEGORIES.map(value => ({ value, label: t(`categories.${value}`) }))}
          value={category}
          onChange={setCategory}
        />
        <TextInput
          label={t('tool.asset')}
          value={asset}
          maxLength={50}
          onChange={event => setAsset(event.currentTarget.value)}
        />
        <DayInput
          label={t('tool.due')}
          description={t('tool.hint')}
          value={due}
          clearable
          onChange={setDue}
        />
        <Checkbox
          label={t('tool.active')}
          checked={isActive}
          onChange={event => setActive(event.currentTarget.checked)}
        />
      </DialogForm>
    </Dialog>
  );
}

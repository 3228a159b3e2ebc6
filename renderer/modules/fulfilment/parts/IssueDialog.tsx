import { Checkbox, Group, Select, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { WorkTask } from '../../../../preload/contract/assembly.ts';
import type { MaterialSummary } from '../../../../preload/contract/catalogue.ts';
import type { Situation } from '../../../../preload/contract/fulfilment.ts';
import {
  categoriesIn,
  INSPECTION_CATEGORIES,
  ncrCategory,
  SHORTAGE_CATEGORIES,
} from '../../../../preload/contract/ncr-categories.ts';
import { ncrSeverity } from '../../../../preload/contract/quality.ts';
import { useCommand } from '../../../rpc/hooks.ts';
import type { InputAt } from '../../../rpc/paths.ts';
import { DayInput } from '../../../ui/DayInput.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { parseQuantity } from '../../../ui/formats.ts';
import { NumberField } from '../../../ui/NumberField.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { ItemPicker } from '../../catalogue/parts/ItemPicker.tsx';

const SHORTAGES = categoriesIn(SHORTAGE_CATEGORIES);
const FAULTS = categoriesIn(INSPECTION_CATEGORIES);
const LEAST_DESCRIPTION = 10;
const USUAL = '';

type IssueType = InputAt<'fulfilment.openIssue'>['ncr_type'];
export type IssueKind = IssueType | 'SHORTAGE';

/** Of which kind an issue of this build may be, by where the build stands. */
export function kindsOf(status: Situation['order_status']): IssueType[] {
  if (status === 'READY_FOR_PRE_QC') return ['PRE_QC_REJECTION', 'OTHER'];
  if (status === 'READY_FOR_FINAL_QC') return ['FINAL_QC_REJECTION', 'OTHER'];
  return status === 'READY_FOR_PRODUCTION' ? ['TEST_FAILURE', 'PROCESS', 'OTHER'] : ['OTHER'];
}

interface Props {
  order_id: Situation['order_id'];
  kinds: readonly IssueKind[];
  /** The assembly task at which it was found. */
  task?: { task_id: WorkTask['task_id']; title: string; check_codes: string[] };
  onClose: () => void;
}
/** Reports a shortage or another issue of a build, or of one of its tasks. */
export function IssueDialog({ order_id, kinds, task, onClose }: Props) {
  const t = useTexts('fulfilment');
  const shortage = useCommand('fulfilment.reportShortage');
  const issue = useCommand('fulfilment.openIssue');
  const [kind, setKind] = useState<IssueKind | undefined>(kinds[0]);
  const isShortage = kind === 'SHORTAGE';
  const isReport = kinds.length === 1 && isShortage;
  const [category, setCategory] = useState<string | null>(null);
  const [severity, setSeverity] = useState<string | null>(USUAL);
  const [description, setDescription] = useState('');
  const [part, setPart] = useState<MaterialSummary | null>(null);
  const [needed, setNeeded] = useState<string | number>('');
  const [available, setAvailable] = useState<string | number>('');
  const [expected_on, setExpected] = useState('');
  const [isReturn, setReturn] = useState(false);
  const chosen = ncrCategory.safeParse(category);
  const graver = ncrSeverity.safeParse(severity);
  const common = () => ({
    order_id,
    description: description.trim(),
    ...(task ? { task_id: task.task_id } : {}),
    ...(graver.success ? { severity: graver.data } : {}),
  });
  const run = () => {
    if (!chosen.success) return;
    const done =
      kind === 'SHORTAGE'
        ? shortage.run({
            ...common(),
            category: chosen.data,
            ...(part ? { material_id: part.material_id } : {}),
            ...quantity('quantity_needed_e6', needed),
            ...quantity('quantity_available_e6', available),
            ...(expected_on ? { expected_on } : {}),
          })
        : issue.run({
            ...common(),
            category: chosen.data,
            ncr_type: kind ?? 'OTHER',
            is_return_to_maker: isReturn,
            characteristic_codes: task?.check_codes ?? [],
          });
    void done.then(onClose, () => undefined);
  };
  const options = (names: readonly string[], group: string) =>
    names.map(value => ({ value, label: t(`${group}.${value}`) }));
  return (
    <Dialog
      opened
      onClose={onClose}
      size="lg"
      title={t(isReport ? 'screens.report_shortage' : 'screens.open_issue')}
    >
      <DialogForm
        onSubmit={run}
        onCancel={onClose}
        submitLabel={t(isReport ? 'screens.report_shortage' : 'screens.open_issue')}
        isReady={chosen.success && description.trim().length >= LEAST_DESCRIPTION}
        pending={shortage.pending || issue.pending}
        failure={shortage.failure ?? issue.failure}
      >
        {task && (
          <Text size="sm" c="dimmed">
            {t('screens.at_task', { task: task.title })}
          </Text>
        )}
        {kinds.length > 1 && (
          <Select
            label={t('screens.kind')}
            allowDeselect={false}
            data={options(kinds, 'ncr_types')}
            value={kind ?? null}
            onChange={value => {
              setKind(kinds.find(entry => entry === value));
              setCategory(null);
            }}
          />
        )}
        <Group grow align="flex-start">
          <Select
            data-autofocus
            label={t('screens.category')}
            withAsterisk
            data={options(isShortage ? SHORTAGES : FAULTS, 'categories')}
            value={category}
            onChange={setCategory}
          />
          <Select
            label={t('screens.severity')}
            allowDeselect={false}
            data={[
              { value: USUAL, label: t('screens.usual_severity') },
              ...options(ncrSeverity.options, 'severities'),
            ]}
            value={severity}
            onChange={setSeverity}
          />
        </Group>
        {isShortage && (
          <>
            <ItemPicker label={t('screens.part')} onPick={setPart} />
            {part && (
              <Text size="sm">
                {part.material_number} · {part.material_name}
              </Text>
            )}
            <Group grow>
              <NumberField label={t('screens.needed')} min={0} value={needed} onChange={setNeeded} />
              <NumberField label={t('screens.available')} min={0} value={available} onChange={setAvailable} />
              <DayInput label={t('screens.expected')} value={expected_on} clearable onChange={setExpected} />
            </Group>
          </>
        )}
        <Textarea
          label={t('screens.description')}
          description={t('screens.description_hint', { least: LEAST_DESCRIPTION })}
          withAsterisk
          autosize
          minRows={3}
          maxLength={5000}
          value={description}
          onChange={event => setDescription(event.currentTarget.value)}
        />
        {!isShortage && kind === 'PRE_QC_REJECTION' && (
          <Checkbox
            label={t('screens.return_to_maker')}
            checked={isReturn}
            onChange={event => setReturn(event.currentTarget.checked)}
          />
        )}
      </DialogForm>
    </Dialog>
  );
}

/** A quantity field as the contract wants it; nothing when it is empty. */
function quantity<K extends string>(key: K, typed: string | number): { [P in K]?: number } {
  const value_e6 = typed === '' ? undefined : parseQuantity(String(typed));
  const given: { [P in K]?: number } = {};
  if (value_e6 !== undefined) given[key] = value_e6;
  return given;
}

import { Checkbox, Group, NumberInput, Select, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
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
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { parseQuantity } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';
import { ItemPicker } from '../../catalogue/parts/ItemPicker.tsx';

const SHORTAGES = categoriesIn(SHORTAGE_CATEGORIES);
const FAULTS = categoriesIn(INSPECTION_CATEGORIES);
const LEAST_DESCRIPTION = 10;
const USUAL = '';

/** Of which kind an issue of this build may be, by where the build stands. */
function kindsOf(status: Situation['order_status']) {
  if (status === 'READY_FOR_PRE_QC') return ['PRE_QC_REJECTION', 'OTHER'] as const;
  if (status === 'READY_FOR_FINAL_QC') return ['FINAL_QC_REJECTION', 'OTHER'] as const;
  return status === 'READY_FOR_PRODUCTION' ? (['TEST_FAILURE', 'OTHER'] as const) : (['OTHER'] as const);
}

interface Props {
  situation: Pick<Situation, 'order_id' | 'order_status'>;
  isShortage: boolean;
  onClose: () => void;
}
/** Reports a shortage or another issue of a build. */
export function IssueDialog({ situation, isShortage, onClose }: Props) {
  const t = useTexts('fulfilment');
  const shortage = useCommand('fulfilment.reportShortage');
  const issue = useCommand('fulfilment.openIssue');
  const kinds = kindsOf(situation.order_status);
  const [kind, setKind] = useState<string | null>(kinds[0]);
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
    order_id: situation.order_id,
    description: description.trim(),
    ...(graver.success ? { severity: graver.data } : {}),
  });
  const run = () => {
    if (!chosen.success) return;
    const done = isShortage
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
          ncr_type: kinds.find(entry => entry === kind) ?? 'OTHER',
          is_return_to_maker: isReturn,
        });
    void done.then(onClose, () => undefined);
  };
  const options = (names: readonly string[], group: string) =>
    names.map(value => ({ value, label: t(`${group}.${value}`) }));
  return (
    <Dialog opened onClose={onClose} title={t(isShortage ? 'screens.report_shortage' : 'screens.open_issue')}>
      <DialogForm
        onSubmit={run}
        onCancel={onClose}
        submitLabel={t(isShortage ? 'screens.report_shortage' : 'screens.open_issue')}
        isReady={chosen.success && description.trim().length >= LEAST_DESCRIPTION}
        pending={shortage.pending || issue.pending}
        failure={shortage.failure ?? issue.failure}
      >
        {!isShortage && kinds.length > 1 && (
          <Select
            label={t('screens.kind')}
            allowDeselect={false}
            data={options(kinds, 'ncr_types')}
            value={kind}
            onChange={setKind}
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
              <NumberInput label={t('screens.needed')} min={0} value={needed} onChange={setNeeded} />
              <NumberInput label={t('screens.available')} min={0} value={available} onChange={setAvailable} />
              <TextInput
                type="date"
                label={t('screens.expected')}
                value={expected_on}
                onChange={event => setExpected(event.currentTarget.value)}
              />
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

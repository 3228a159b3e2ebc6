import { SegmentedControl, Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ProductModel } from '../../../../preload/contract/product-model.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { useLocalized } from '../../../ui/localized.ts';
import { useTexts } from '../../../ui/texts.ts';
import { autoRuleRows, bomRuleRows, constraintRows, fieldRows, optionRows, sayWith } from './rule-rows.ts';

const TABLES = ['fields', 'options', 'constraints', 'bom_rules', 'auto_rules'] as const;
type TableName = (typeof TABLES)[number];

/** The rules of a product model as tables; conditions are told in words, beside the text that is judged. */
export function RuleTables({
  model,
  said,
}: {
  model: ProductModel;
  said: OutputAt<'catalogue.getProductModel'>['words'];
}) {
  const t = useTexts('catalogue');
  const words = useLocalized();
  const [table, setTable] = useState<TableName>('fields');
  const column = <R,>(key: keyof R & string, width: number, value: (row: R) => string | number) => ({
    key,
    title: t(`models.columns.${key}`),
    width,
    value,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: words follow the language, which t follows too
  const rows = useMemo(() => {
    const say = sayWith(said, words);
    return {
      fields: fieldRows(model, words, say),
      options: optionRows(model, words, say),
      constraints: constraintRows(model, words, say),
      bom_rules: bomRuleRows(model, words, say),
      auto_rules: autoRuleRows(model, words, say),
    };
  }, [model, said, t]);
  type Row<K extends keyof typeof rows> = (typeof rows)[K][number];
  return (
    <Stack gap="sm" style={{ flex: 1, minHeight: 0 }}>
      <SegmentedControl
        aria-label={t('models.tables')}
        data={TABLES.map(value => ({ value, label: t(`models.table.${value}`) }))}
        value={table}
        onChange={value => setTable(TABLES.find(known => known === value) ?? 'fields')}
      />
      {table === 'fields' && (
        <DataGrid
          id="model.fields"
          label={t('models.table.fields')}
          rows={rows.fields}
          rowKey={row => row.key}
          columns={[
            column<Row<'fields'>>('path', 220, row => row.path),
            column<Row<'fields'>>('label', 220, row => row.label),
            column<Row<'fields'>>('kind', 110, row => t(`models.field_kinds.${row.kind}`)),
            column<Row<'fields'>>('range', 110, row => row.range),
            column<Row<'fields'>>('default_value', 110, row => row.default_value),
            column<Row<'fields'>>('visible_words', 260, row => row.visible_words),
            column<Row<'fields'>>('required_words', 260, row => row.required_words),
            column<Row<'fields'>>('visible_when', 280, row => row.visible_when),
            column<Row<'fields'>>('required_when', 280, row => row.required_when),
          ]}
        />
      )}
      {table === 'options' && (
        <DataGrid
          id="model.options"
          label={t('models.table.options')}
          rows={rows.options}
          rowKey={row => row.key}
          columns={[
            column<Row<'options'>>('path', 200, row => row.path),
            column<Row<'options'>>('value', 220, row => row.value),
            column<Row<'options'>>('label', 220, row => row.label),
            column<Row<'options'>>('condition_words', 320, row => row.condition_words),
            column<Row<'options'>>('reasons', 320, row => row.reasons),
            column<Row<'options'>>('conditions', 320, row => row.conditions),
          ]}
        />
      )}
      {table === 'constraints' && (
        <DataGrid
          id="model.constraints"
          label={t('models.table.constraints')}
          rows={rows.constraints}
          rowKey={row => row.key}
          columns={[
            column<Row<'constraints'>>('rule', 150, row => row.rule),
            column<Row<'constraints'>>('kind', 130, row => t(`models.kinds.${row.kind}`)),
            column<Row<'constraints'>>('for_each', 110, row => row.for_each),
            column<Row<'constraints'>>('words', 480, row => row.words),
            column<Row<'constraints'>>('message', 360, row => row.message),
            column<Row<'constraints'>>('when', 360, row => row.when),
            column<Row<'constraints'>>('fix', 260, row => row.fix),
          ]}
        />
      )}
      {table === 'bom_rules' && (
        <DataGrid
          id="model.bom_rules"
          label={t('models.table.bom_rules')}
          rows={rows.bom_rules}
          rowKey={row => row.key}
          columns={[
            { ...column<Row<'bom_rules'>>('seq', 70, row => row.seq), align: 'right' as const },
            column<Row<'bom_rules'>>('rule', 150, row => row.rule),
            column<Row<'bom_rules'>>('label', 240, row => row.label),
            column<Row<'bom_rules'>>('words', 320, row => row.words),
            column<Row<'bom_rules'>>('group', 130, row => row.group),
            column<Row<'bom_rules'>>('for_each', 110, row => row.for_each),
            column<Row<'bom_rules'>>('when', 320, row => row.when),
            column<Row<'bom_rules'>>('item_id', 320, row => row.item_id),
            column<Row<'bom_rules'>>('quantity', 160, row => row.quantity),
          ]}
        />
      )}
      {table === 'auto_rules' && (
        <DataGrid
          id="model.auto_rules"
          label={t('models.table.auto_rules')}
          rows={rows.auto_rules}
          rowKey={row => row.key}
          columns={[
            column<Row<'auto_rules'>>('rule', 150, row => row.rule),
            column<Row<'auto_rules'>>('label', 280, row => row.label),
            column<Row<'auto_rules'>>('group', 120, row => row.group),
            column<Row<'auto_rules'>>('words', 320, row => row.words),
            column<Row<'auto_rules'>>('when', 360, row => row.when),
          ]}
        />
      )}
    </Stack>
  );
}

import { Button, Group, JsonInput, SegmentedControl, Select, Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import { configuration, type ProductModel } from '../../../../preload/contract/product-model.ts';
import { ask, failureFrom, type RpcFailure } from '../../../rpc/client.ts';
import type { InputAt, OutputAt } from '../../../rpc/paths.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { useLocalized } from '../../../ui/localized.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { benchExamples } from './bench-examples.ts';
import { Frame } from './Frame.tsx';

type Bench = OutputAt<'catalogue.runTestBench'>;
const OUTCOMES = ['all', 'matched', 'not_matched', 'not_decided', 'failed'] as const;
const MARKS = {
  matched: { color: 'green', shape: 'check' },
  not_matched: { color: 'gray', shape: 'ring' },
  not_decided: { color: 'orange', shape: 'wait' },
  failed: { color: 'red', shape: 'cross' },
} as const;

/** A configuration goes in; every rule says whether it applied and what it read. */
export function TestBench({
  product_model_id,
  model,
}: {
  product_model_id: InputAt<'catalogue.runTestBench'>['product_model_id'];
  model: ProductModel;
}) {
  const t = useTexts('catalogue');
  const words = useLocalized();
  const examples = benchExamples[model.family] ?? [];
  const [text, setText] = useState(() => JSON.stringify(examples[0]?.configuration ?? {}, null, 2));
  const [problem, setProblem] = useState<string | null>(null);
  const [failure, setFailure] = useState<RpcFailure | null>(null);
  const [bench, setBench] = useState<Bench | null>(null);
  const [show, setShow] = useState<(typeof OUTCOMES)[number]>('all');
  const rows = useMemo(
    () =>
      (bench?.rows ?? [])
        .filter(row => show === 'all' || row.outcome === show)
        .map((row, index) => ({ ...row, key: String(index) })),
    [bench, show],
  );

  async function run() {
    const read = readConfiguration(text);
    setProblem(read ? null : t('bench.not_valid'));
    setFailure(null);
    if (!read) return;
    try {
      setBench(await ask('catalogue.runTestBench', { product_model_id, configuration: read }));
    } catch (error) {
      setFailure(failureFrom(error));
    }
  }
  return (
    <Group align="stretch" wrap="nowrap" gap="md" style={{ flex: 1, minHeight: 0 }}>
      <Stack w={380} gap="xs" style={{ flex: 'none', overflow: 'auto' }}>
        {examples.length > 0 && (
          <Select
            label={t('bench.example')}
            allowDeselect={false}
            defaultValue={examples[0]?.id ?? null}
            data={examples.map(({ id }) => ({ value: id, label: t(`bench.examples.${id}`) }))}
            onChange={value => {
              const example = examples.find(({ id }) => id === value);
              if (example) setText(JSON.stringify(example.configuration, null, 2));
            }}
          />
        )}
        <JsonInput
          label={t('bench.configuration')}
          validationError={t('bench.not_valid')}
          error={problem}
          formatOnBlur
          minRows={12}
          maxRows={18}
          autosize
          value={text}
          onChange={setText}
        />
        <Button style={{ flexShrink: 0 }} onClick={() => void run()}>
          {t('bench.run')}
        </Button>
        <RefusalNotice failure={failure} />
        {bench && (
          <>
            <StatusBadge
              label={t(bench.evaluation.submittable ? 'bench.submittable' : 'bench.not_submittable')}
              color={bench.evaluation.submittable ? 'green' : 'red'}
              shape={bench.evaluation.submittable ? 'check' : 'cross'}
            />
            <ul style={{ margin: 0, paddingInlineStart: 18, overflow: 'auto', fontSize: 13 }}>
              {bench.evaluation.verdicts.map(verdict => (
                <li key={`${verdict.rule} ${verdict.path} ${verdict.message.en}`}>
                  {verdict.rule}: {words(verdict.message)}
                </li>
              ))}
            </ul>
          </>
        )}
      </Stack>
      <Stack gap="xs" style={{ flex: 1, minWidth: 0 }}>
        {bench && (
          <>
            <SegmentedControl
              size="xs"
              aria-label={t('bench.show')}
              data={OUTCOMES.map(value => ({ value, label: t(`bench.outcomes.${value}`) }))}
              value={show}
              onChange={value => setShow(OUTCOMES.find(known => known === value) ?? 'all')}
            />
            <DataGrid
              id="model.bench"
              label={t('bench.verdicts')}
              rows={rows}
              rowKey={row => row.key}
              columns={[
                {
                  key: 'table',
                  title: t('bench.table'),
                  width: 110,
                  value: row => t(`bench.tables.${row.table}`),
                },
                {
                  key: 'rule',
                  title: t('models.columns.rule'),
                  width: 200,
                  value: row => `${row.rule}${row.row}`,
                },
                {
                  key: 'outcome',
                  title: t('bench.outcome'),
                  width: 140,
                  value: row => t(`bench.outcomes.${row.outcome}`),
                  render: row => (
                    <StatusBadge label={t(`bench.outcomes.${row.outcome}`)} {...MARKS[row.outcome]} />
                  ),
                },
                {
                  key: 'answers',
                  title: t('bench.read'),
                  width: 420,
                  value: row =>
                    row.answers
                      .map(({ path, value }) => `${path} = ${value === null ? '—' : value}`)
                      .join(', '),
                },
                { key: 'problem', title: t('bench.problem'), width: 260, value: row => row.problem ?? '' },
              ]}
            />
            <Frame height={220}>
              <DataGrid
                id="model.bench_lines"
                label={t('bench.lines')}
                rows={bench.evaluation.lines}
                rowKey={row => `${row.item_id} ${row.notes ?? ''} ${row.causes[0]?.rule ?? ''}`}
                columns={[
                  {
                    key: 'item_id',
                    title: t('fields.material_number'),
                    width: 300,
                    value: row => row.item_id,
                  },
                  {
                    key: 'quantity',
                    title: t('fields.quantity'),
                    width: 90,
                    align: 'right',
                    value: row => row.quantity,
                  },
                  { key: 'group', title: t('models.columns.group'), width: 140, value: row => row.group },
                  {
                    key: 'causes',
                    title: t('models.columns.rule'),
                    width: 320,
                    value: row => row.causes.map(cause => cause.rule).join(', '),
                  },
                ]}
              />
            </Frame>
          </>
        )}
      </Stack>
    </Group>
  );
}

function readConfiguration(text: string) {
  try {
    const parsed = configuration.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

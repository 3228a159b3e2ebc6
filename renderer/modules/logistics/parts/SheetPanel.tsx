import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import { IconFileTypePdf } from '@tabler/icons-react';
import { useState } from 'react';
import type { WantedLabels } from '../../../../preload/contract/labels.ts';
import { KNOWN_SHEETS, type SheetStock } from '../../../../preload/contract/logistics.ts';
import { download } from '../../../rpc/client.ts';
import { useJob } from '../../../rpc/hooks.ts';
import { JobProgress } from '../../../ui/JobProgress.tsx';
import { NumberField } from '../../../ui/NumberField.tsx';
import { useTexts } from '../../../ui/texts.ts';

const NUMBERS = ['columns', 'rows', 'left_mm', 'top_mm', 'pitch_x_mm', 'pitch_y_mm'] as const;
const [FIRST = 'Avery 5163'] = Object.keys(KNOWN_SHEETS);
const START: SheetStock = {
  paper: 'LETTER',
  columns: 2,
  rows: 5,
  left_mm: 4,
  top_mm: 12.7,
  pitch_x_mm: 106.4,
  pitch_y_mm: 50.8,
  skip: 0,
};

/** The same labels on sheets of an office printer. */
export function SheetPanel({ wanted, isReady }: { wanted: WantedLabels; isReady: boolean }) {
  const t = useTexts('logistics');
  const job = useJob('logistics.renderSheets');
  const [name, setName] = useState(FIRST);
  const [own, setOwn] = useState(KNOWN_SHEETS[FIRST] ?? START);
  const [skip, setSkip] = useState<number | string>(0);
  const stock = { ...(KNOWN_SHEETS[name] ?? own), skip: Number(skip) };
  const make = async () => {
    const made = await job.start({ ...wanted, stock });
    if (made) download(made.ticket);
  };
  return (
    <Stack gap="xs">
      <Group align="flex-end" gap="xs">
        <NativeSelect
          label={t('run.stock')}
          value={name}
          onChange={event => setName(event.currentTarget.value)}
          data={[...Object.keys(KNOWN_SHEETS), { value: '', label: t('run.custom') }]}
        />
        <NumberField
          label={t('run.skip')}
          w={170}
          min={0}
          max={stock.columns * stock.rows - 1}
          allowDecimal={false}
          value={skip}
          onChange={setSkip}
        />
        <Button
          variant="default"
          leftSection={<IconFileTypePdf size={16} aria-hidden />}
          disabled={!isReady || job.state.kind === 'running'}
          onClick={() => void make()}
        >
          {t('run.sheets')}
        </Button>
      </Group>
      {name === '' && (
        <Group gap="xs" align="flex-end">
          <NativeSelect
            label={t('stock.paper')}
            value={own.paper}
            onChange={event =>
              setOwn({ ...own, paper: event.currentTarget.value === 'A4' ? 'A4' : 'LETTER' })
            }
            data={['LETTER', 'A4']}
          />
          {NUMBERS.map(key => (
            <NumberField
              key={key}
              label={t(`stock.${key}`)}
              w={130}
              min={0}
              decimalScale={2}
              value={own[key]}
              onChange={value => setOwn({ ...own, [key]: Number(value) })}
            />
          ))}
        </Group>
      )}
      <JobProgress state={job.state} onCancel={job.cancel} />
    </Stack>
  );
}

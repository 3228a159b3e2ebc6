import { Alert, Button, Group, List, Select, Stack, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { documentParams } from '../../../../preload/contract/printing.ts';
import {
  MOST_BUILDS,
  SEVERAL_DOCUMENTS,
  type SeveralDocument,
} from '../../../../preload/contract/printing.ts';
import { download } from '../../../rpc/client.ts';
import { useJob } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { formatNumber } from '../../../ui/formats.ts';
import { JobProgress } from '../../../ui/JobProgress.tsx';
import { useTexts, wordFailure } from '../../../ui/texts.ts';

type OrderId = NonNullable<(typeof documentParams)['_output']['order_id']>;
interface PrintSeveralProps {
  /** How many builds are chosen; their ids are asked for when it matters. */
  count: number;
  orderIds: () => Promise<OrderId[]>;
}
/** One document of all chosen builds: a PDF with a bookmark for each, or the printer. */
export function PrintSeveral({ count, orderIds }: PrintSeveralProps) {
  const t = useTexts('printing');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPrinter size={14} />}
        disabled={count > MOST_BUILDS}
        title={count > MOST_BUILDS ? t('several.too_many', { most: MOST_BUILDS }) : undefined}
        onClick={() => setOpen(true)}
      >
        {t('several.open')}
      </Button>
      {isOpen && <SeveralDialog count={count} orderIds={orderIds} onClose={() => setOpen(false)} />}
    </>
  );
}

function SeveralDialog({ count, orderIds, onClose }: PrintSeveralProps & { onClose: () => void }) {
  const t = useTexts('printing');
  const [document, setDocument] = useState<SeveralDocument>('work_instructions');
  const [printer, setPrinter] = useState<string | null>(null);
  const printers = useJob('printing.printers');
  const file = useJob('printing.renderSeveral');
  const paper = useJob('printing.printSeveral');
  const { start: findPrinters } = printers;
  useEffect(() => void findPrinters({}), [findPrinters]);
  const known = printers.state.kind === 'done' ? printers.state.value.printers : [];
  const running = [file, paper].find(({ state }) => state.kind === 'running');
  const done =
    file.state.kind === 'done' ? file.state.value : paper.state.kind === 'done' ? paper.state.value : null;
  const close = () => {
    running?.cancel();
    onClose();
  };
  const save = async () => {
    paper.reset();
    const made = await file.start({ document, order_ids: await orderIds() });
    if (made) download(made.ticket);
  };
  const print = async (name: string) => {
    file.reset();
    await paper.start({ document, order_ids: await orderIds(), printer: name });
  };
  return (
    <Dialog opened title={t('several.title', { count, shown: formatNumber(count) })} onClose={close}>
      <Stack gap="sm">
        <Select
          label={t('several.document')}
          allowDeselect={false}
          disabled={running !== undefined}
          value={document}
          onChange={value => setDocument(SEVERAL_DOCUMENTS.find(name => name === value) ?? document)}
          data={SEVERAL_DOCUMENTS.map(name => ({ value: name, label: t(`documents.${name}`) }))}
        />
        {known.length > 0 && (
          <Select
            label={t('printer')}
            disabled={running !== undefined}
            clearable
            value={printer}
            onChange={setPrinter}
            data={known.map(({ name }) => name)}
          />
        )}
        <Text size="sm" c="dimmed">
          {t('several.hint')}
        </Text>
        {[file, paper].map((job, at) => (
          <JobProgress
            key={at === 0 ? 'file' : 'paper'}
            state={job.state}
            onCancel={job.cancel}
            phaseText={phase => t(`phases.${phase}`)}
          />
        ))}
        {done && <Outcome done={done} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {t('several.close')}
          </Button>
          {printer !== null && (
            <Button variant="default" disabled={running !== undefined} onClick={() => void print(printer)}>
              {t('print')}
            </Button>
          )}
          <Button disabled={running !== undefined} onClick={() => void save()}>
            {t('save_pdf')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

type Done = Omit<OutputAt<'printing.printSeveral'>, 'stopped'> & { pages?: number; stopped?: Refused | null };
type Refused = OutputAt<'printing.printSeveral'>['left_out'][number];
function Outcome({ done }: { done: Done }) {
  const t = useTexts('printing');
  const refused = ({ order_number, build_number, code, details }: Refused) =>
    `${order_number} / ${build_number}: ${wordFailure(t, { code, message: code, details })}`;
  return (
    <>
      <Text size="sm" role="status">
        {done.pages === undefined
          ? t('several.printed', { count: done.builds })
          : t('several.made', { count: done.builds, pages: done.pages })}
      </Text>
      {done.stopped && (
        <Alert color="red" title={t('several.stopped')}>
          {refused(done.stopped)}
        </Alert>
      )}
      {done.left_out.length > 0 && (
        <Alert color="yellow" title={t('several.left_out', { count: done.left_out.length })}>
          <List size="sm">
            {done.left_out.map(one => (
              <List.Item key={`${one.order_number}/${one.build_number}`}>{refused(one)}</List.Item>
            ))}
          </List>
        </Alert>
      )}
    </>
  );
}

import { Button, Menu, Text } from '@mantine/core';
import { IconChevronDown, IconTag } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { LabelSubject } from '../../../../preload/contract/labels.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { useLabelPrint } from './use-label-print.tsx';

type Offer = OutputAt<'logistics.labelsFor'>['offers'][number];

/** The labels of a record with printer, stock and count; a choice prints at once where a printer is routed. */
export function LabelButton({ subject, isCompact = false }: { subject: LabelSubject; isCompact?: boolean }) {
  const t = useTexts('logistics');
  const { may } = useMe();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const asked = useAsk('logistics.labelsFor', { subject }, { enabled: isOpen && may('labels:create') });
  const printing = useLabelPrint();
  if (!may('labels:create')) return null;
  const choose = ({ label_type, count, destination, fields }: Offer) => {
    if (destination && fields.length === 0) return printing.print({ label_type, subject }, count);
    const query = new URLSearchParams({ type: label_type, ...subject });
    void navigate(`/labels/print?${query}`);
  };
  return (
    <>
      <Menu opened={isOpen} onChange={setOpen} width={380}>
        <Menu.Target>
          <Button
            variant="default"
            size={isCompact ? 'compact-sm' : 'sm'}
            loading={printing.pending}
            leftSection={<IconTag size={16} aria-hidden />}
            rightSection={<IconChevronDown size={14} aria-hidden />}
          >
            {t('labels')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <RefusalNotice failure={asked.error} />
          {asked.data?.offers.map(offer => (
            <Menu.Item key={offer.label_type} onClick={() => choose(offer)}>
              <Text size="sm">{t(`types.${offer.label_type}`)}</Text>
              <Text size="xs" c="dimmed">
                {placeOf(t, offer)}
              </Text>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {printing.progress}
      {printing.dialog}
    </>
  );
}

function placeOf(t: ReturnType<typeof useTexts>, { destination, count, fields }: Offer): string {
  const to = destination
    ? t('offer.to', {
        printer: destination.printer_name,
        media: destination.media,
        count: count * destination.copies,
      })
    : t('offer.no_printer');
  const mark = destination && destination.mark !== 'READY' ? ` · ${t(`marks.${destination.mark}`)}` : '';
  return `${to}${mark}${fields.length > 0 ? ` · ${t('offer.fill')}` : ''}`;
}

import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconLockOpen } from '@tabler/icons-react';
import { useState } from 'react';
import type { BomHeader } from '../../../../preload/contract/bom.ts';
import type { Failure } from '../../../../preload/contract/rpc.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { ImpactList } from '../../fulfilment/parts/ImpactList.tsx';
import { WarningsToRead } from './WarningsToRead.tsx';

type Action = 'approve' | 'send_back' | 'reopen';
const MIN_REASON = 3;

/** What may be decided about a BOM now, by whoever may decide it. */
export function ApprovalButtons({ header }: { header: BomHeader }) {
  const t = useTexts('bom');
  const { may } = useMe();
  const [action, setAction] = useState<Action | null>(null);
  const approve = useCommand('bom.approve');
  const sendBack = useCommand('bom.sendBack');
  const reopen = useCommand('bom.reopen');
  if (!may('order_boms:approve')) return null;
  const target = { bom_id: header.bom_id, expected_version: header.row_version };
  const close = () => {
    setAction(null);
    for (const command of [approve, sendBack, reopen]) command.reset();
  };
  const decide = async (reason: string) => {
    const done =
      action === 'approve'
        ? approve.run(target)
        : action === 'send_back'
          ? sendBack.run({ ...target, reason })
          : reopen.run({ order_id: header.order_id, ...(reason ? { reason } : {}) });
    await done.then(close, () => undefined);
  };
  return (
    <>
      {header.status === 'DRAFT' && (
        <>
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={16} />}
            onClick={() => setAction('send_back')}
          >
            {t('screens.send_back')}
          </Button>
          <Button leftSection={<IconCheck size={16} />} onClick={() => setAction('approve')}>
            {t('screens.approve')}
          </Button>
        </>
      )}
      {header.status === 'APPROVED' && (
        <Button
          variant="default"
          leftSection={<IconLockOpen size={16} />}
          onClick={() => setAction('reopen')}
        >
          {t('screens.reopen')}
        </Button>
      )}
      {action && (
        <DecisionDialog
          action={action}
          header={header}
          failure={approve.failure ?? sendBack.failure ?? reopen.failure}
          isPending={approve.pending || sendBack.pending || reopen.pending}
          onClose={close}
          onDecide={reason => void decide(reason)}
        />
      )}
    </>
  );
}

interface DecisionDialogProps {
  action: Action;
  header: BomHeader;
  failure: Failure | null;
  isPending: boolean;
  onClose: () => void;
  onDecide: (reason: string) => void;
}

function DecisionDialog({ action, header, failure, isPending, onClose, onDecide }: DecisionDialogProps) {
  const t = useTexts('bom');
  const [reason, setReason] = useState('');
  const length = reason.trim().length;
  const unread = useAsk('bom.warnings', { bom_id: header.bom_id }, { enabled: action === 'approve' }).data
    ?.unread;
  // The page may hold the warnings already; they hold back the approval only.
  const isUnread = action === 'approve' && (unread ?? 0) > 0;
  const isMissing = action === 'send_back' ? length < MIN_REASON : length > 0 && length < MIN_REASON;
  const title = t(`screens.${action}_title`, { version: header.bom_version, build: header.build_number });
  return (
    <Dialog opened onClose={onClose} title={title}>
      <form
        onSubmit={event => {
          event.preventDefault();
          if (!isMissing) onDecide(reason.trim());
        }}
      >
        <Stack gap="sm">
          <Text size="sm">{t(`screens.${action}_text`)}</Text>
          {action === 'approve' && <WarningsToRead bom_id={header.bom_id} />}
          {action === 'approve' && header.bom_version > 1 && <Replacing bom_id={header.bom_id} />}
          {action !== 'approve' && (
            <Textarea
              data-autofocus
              label={t('screens.reason')}
              withAsterisk={action === 'send_back'}
              autosize
              minRows={2}
              maxLength={2000}
              value={reason}
              onChange={event => setReason(event.currentTarget.value)}
            />
          )}
          <RefusalNotice failure={failure} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('screens.cancel')}
            </Button>
            <Button
              type="submit"
              loading={isPending}
              disabled={isMissing || isUnread}
              data-autofocus={action === 'approve' || undefined}
            >
              {t(`screens.${action}`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** A version in force is replaced: what that makes wrong. */
function Replacing({ bom_id }: { bom_id: BomHeader['bom_id'] }) {
  const found = useAsk('fulfilment.bomImpact', { bom_id });
  if (found.error) return <RefusalNotice failure={found.error} />;
  if (!found.data || found.data.replaces_version === null) return null;
  return <ImpactList impacts={found.data.impacts} />;
}

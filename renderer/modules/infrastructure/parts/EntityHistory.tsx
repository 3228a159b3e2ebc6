import { Text } from '@mantine/core';
import { useState } from 'react';
import { useAsk } from '../../../rpc/hooks.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { AuditRows } from './AuditRows.tsx';

const STEP = 50;
const MOST = 500;

/** Who changed this record, when, from what to what. For a tab or a drawer of any record's page. */
export function EntityHistory({ entity_type, entity_id }: { entity_type: string; entity_id: string }) {
  const t = useTexts('infrastructure');
  const [limit, setLimit] = useState(STEP);
  const history = useAsk(
    'infrastructure.listAudit',
    { entity_type, entity_id, limit },
    { keepPrevious: true },
  );
  if (history.error) return <RefusalNotice failure={history.error} />;
  if (!history.data) return null;
  if (history.data.rows.length === 0) return <Text c="dimmed">{t('audit.no_history')}</Text>;
  const more =
    history.data.next && limit < MOST ? () => setLimit(held => Math.min(MOST, held + STEP)) : undefined;
  return <AuditRows rows={history.data.rows} showEntity={false} onMore={more} />;
}

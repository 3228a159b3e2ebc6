import { Stack, Text } from '@mantine/core';
import { useParams } from 'react-router';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { ExcelButton } from '../../reporting/parts/ExcelButton.tsx';
import { ApprovalButtons } from '../parts/ApprovalButtons.tsx';
import { BomPanel, BomStatus } from '../parts/BomPanel.tsx';
import { useBomTree } from '../parts/use-bom-tree.ts';

export default function BomPage() {
  const t = useTexts('bom');
  const { bom_id = '' } = useParams();
  const { tree, error } = useBomTree(bom_id);
  if (error) return <RefusalNotice failure={error} />;
  if (!tree) return null;
  const { header, row_count } = tree;
  return (
    <Stack gap="xs" h="100%" style={{ minHeight: 0 }}>
      <PageHeader
        title={t('screens.bom_of', { build: header.build_number, version: header.bom_version })}
        crumbs={[
          { label: t('screens.boms'), to: '/boms' },
          { label: header.order_number, to: `/orders/po/${encodeURIComponent(header.order_number)}` },
          { label: header.build_number, to: `/orders/${header.order_id}` },
        ]}
        status={
          <>
            <BomStatus status={header.status} />
            <Text size="sm" c="dimmed">
              {header.customer_name}
            </Text>
          </>
        }
        actions={
          <>
            <ExcelButton path="reporting.exportBom" input={{ bom_id: header.bom_id }} rows={row_count} />
            <ApprovalButtons header={header} />
          </>
        }
      />
      <div style={{ flex: 1, minHeight: 0 }}>
        <BomPanel key={header.bom_id} order_id={header.order_id} bom_id={header.bom_id} />
      </div>
    </Stack>
  );
}

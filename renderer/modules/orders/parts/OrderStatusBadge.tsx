import { Badge } from '@mantine/core';
import {
  type IconBox,
  IconCheck,
  IconCircle,
  IconClipboardCheck,
  IconFlask,
  IconHammer,
  IconPackage,
  IconSend,
  IconTruck,
} from '@tabler/icons-react';
import { useTexts } from '../../../ui/texts.ts';

/** Shape, word and colour of every status; the colour is never the only sign. */
const MARK: Record<string, { color: string; Icon: typeof IconBox }> = {
  ORDER_CREATED: { color: 'blue', Icon: IconCircle },
  PARTS_SENT: { color: 'yellow', Icon: IconSend },
  READY_FOR_PRE_QC: { color: 'violet', Icon: IconClipboardCheck },
  READY_FOR_PRODUCTION: { color: 'cyan', Icon: IconHammer },
  TESTING_COMPLETE: { color: 'pink', Icon: IconFlask },
  PACKAGING_COMPLETE: { color: 'lime', Icon: IconPackage },
  READY_FOR_FINAL_QC: { color: 'orange', Icon: IconClipboardCheck },
  READY_FOR_SHIP: { color: 'green', Icon: IconCheck },
  SHIPPED: { color: 'gray', Icon: IconTruck },
};

export function OrderStatusBadge({ status }: { status: string }) {
  const t = useTexts('orders');
  const { color, Icon } = MARK[status] ?? { color: 'gray', Icon: IconCircle };
  return (
    <Badge
      color={color}
      variant="light"
      tt="none"
      radius="sm"
      miw="max-content"
      leftSection={<Icon size={12} aria-hidden />}
      styles={{ label: { color: 'var(--mantine-color-text)' } }}
    >
      {t(`statuses.${status}`)}
    </Badge>
  );
}

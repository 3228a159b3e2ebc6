interface About {
  message_code: string;
  entity_type: string | null;
  entity_id: string | null;
}
/** The tab of a build that shows what a message is about, by the beginning of its code. */
const TABS: [string, string][] = [
  ['bom:', 'bom'],
  ['orders:notices.bom_', 'bom'],
  ['orders:notices.mentioned', 'comments'],
  ['fulfilment:notices.part_', 'parts'],
  ['fulfilment:notices.', 'issues'],
];
const OF_THE_BUILD = [
  'fulfilment:notices.status',
  'fulfilment:notices.assigned',
  'fulfilment:notices.wanted',
];

/** The page of the record a message is about; undefined when there is none. */
export function recordLink({ message_code, entity_type, entity_id }: About): string | undefined {
  if (message_code === 'fulfilment:notices.overdue') return '/orders';
  if (entity_id === null) return undefined;
  switch (entity_type) {
    case 'orders': {
      if (message_code.startsWith('orders:notices.service_')) return `/service/orders/${entity_id}`;
      const isPlain = OF_THE_BUILD.some(code => message_code.startsWith(code));
      const tab = isPlain ? undefined : TABS.find(([code]) => message_code.startsWith(code))?.[1];
      return tab === undefined ? `/orders/${entity_id}` : `/orders/${entity_id}?tab=${tab}`;
    }
    case 'users':
      return `/admin/users/${entity_id}`;
    case 'approvals':
      return '/approvals';
    default:
      return undefined;
  }
}

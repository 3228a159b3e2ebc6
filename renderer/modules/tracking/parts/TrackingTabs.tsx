import { Tabs } from '@mantine/core';
import { useLocation, useNavigate } from 'react-router';
import { useMe } from '../../../app/session.tsx';
import { useTexts } from '../../../ui/texts.ts';

const PAGES = [
  { to: '/tracking/in', label: 'nav.in', permission: 'order_movements:create' },
  { to: '/tracking/out', label: 'nav.out', permission: 'order_movements:create' },
  { to: '/tracking', label: 'nav.movements', permission: 'order_movements:read' },
  { to: '/tracking/balances', label: 'nav.balances', permission: 'order_movements:read' },
  { to: '/tracking/reports', label: 'nav.reports', permission: 'order_movements:read' },
  { to: '/tracking/archive', label: 'nav.archive', permission: 'order_movements:read' },
  { to: '/tracking/station', label: 'nav.station', permission: 'order_movements:create' },
];
/** The pages of order tracking, in the same place on each of them. */
export function TrackingTabs() {
  const t = useTexts('tracking');
  const { may } = useMe();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  return (
    <Tabs value={pathname} onChange={to => to && navigate(to)} variant="pills">
      <Tabs.List aria-label={t('nav.tracking')}>
        {PAGES.filter(page => may(page.permission)).map(page => (
          <Tabs.Tab key={page.to} value={page.to} py={4}>
            {t(page.label)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}

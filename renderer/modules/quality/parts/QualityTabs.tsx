import { Tabs } from '@mantine/core';
import { useLocation, useNavigate } from 'react-router';
import { useMe } from '../../../app/session.tsx';
import { useTexts } from '../../../ui/texts.ts';

const TABS = [
  { value: '/quality', label: 'nav.queue' },
  { value: '/quality/results', label: 'nav.results' },
  { value: '/quality/plans', label: 'nav.plans' },
  { value: '/quality/instruments', label: 'nav.instruments' },
] as const;

/** The pages of quality beside each other. */
export function QualityTabs() {
  const t = useTexts('quality');
  const { may } = useMe();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const maySeePlans = may('inspection_plans:read') || may('production_checks:create');
  return (
    <Tabs value={pathname} onChange={to => to && navigate(to)}>
      <Tabs.List>
        {TABS.filter(tab => maySeePlans || tab.value !== '/quality/plans').map(tab => (
          <Tabs.Tab key={tab.value} value={tab.value}>
            {t(tab.label)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}

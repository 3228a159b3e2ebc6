import { Badge, Tooltip, VisuallyHidden } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { Fragment, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, useLocation } from 'react-router';
import { useTexts } from '../ui/texts.ts';
import { Mark } from './Mark.tsx';
import type { NavBadge, NavItem } from './nav-types.ts';
import { railItems } from './registry.ts';
import classes from './Shell.module.css';
import { useMe } from './session.tsx';

/** Orders of the rail from here on are administration (nav-types). */
const ADMINISTRATION_FROM = 80;

/** A page above other pages of the rail is the chosen one only where it stands itself. */
const isAboveOthers = ({ to }: NavItem): boolean => railItems.some(other => other.to.startsWith(`${to}/`));
const noBadge = (): NavBadge => ({ count: 0, label: '', isHidden: false });

interface ItemProps {
  item: NavItem;
  label: string;
  isCollapsed: boolean;
}
function RailItem({ item, label, isCollapsed }: ItemProps) {
  const useBadge = item.useBadge ?? noBadge;
  const badge = useBadge();
  if (badge.isHidden) return null;
  const words = badge.count > 0 ? `${label}, ${badge.label}` : label;
  return (
    <Tooltip label={words} disabled={!isCollapsed} position="right">
      <NavLink
        to={item.to}
        end={isAboveOthers(item)}
        className={classes.item}
        aria-label={isCollapsed ? words : undefined}
      >
        <item.icon size={18} stroke={1.6} />
        {!isCollapsed && <span>{label}</span>}
        {badge.count > 0 && (
          <>
            <Badge size="sm" variant="light" color="gray" circle={badge.count < 10} aria-hidden>
              {badge.count > 99 ? '99+' : badge.count}
            </Badge>
            {!isCollapsed && <VisuallyHidden>, {badge.label}</VisuallyHidden>}
          </>
        )}
      </NavLink>
    </Tooltip>
  );
}

/** Where one can go: only what the person may use, own work first. */
export function Rail() {
  const t = useTexts('app');
  const { t: any } = useTranslation();
  const { may } = useMe();
  const [collapsed, setCollapsed] = useLocalStorage({
    key: 'millwright.rail_collapsed',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const Fold = collapsed ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  const rail = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page has another mark in the rail
  useEffect(() => {
    rail.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest' });
  }, [pathname]);
  const foldText = t(collapsed ? 'rail.expand' : 'rail.collapse');
  return (
    <nav
      ref={rail}
      className={classes.rail}
      data-collapsed={collapsed || undefined}
      aria-label={t('rail.label')}
    >
      <Link to="/" className={classes.brand} aria-label="Millwright">
        <Mark size={22} />
        {!collapsed && <span>Millwright</span>}
      </Link>
      {railItems
        .filter(item => may(item.permission))
        .map((item, at, shown) => {
          const label = String(any(`${item.module}:${item.label}`));
          const opensAdministration =
            item.order >= ADMINISTRATION_FROM && (shown[at - 1]?.order ?? 0) < ADMINISTRATION_FROM;
          return (
            <Fragment key={item.to}>
              {opensAdministration && (
                <span className={classes.section} aria-hidden={collapsed}>
                  {!collapsed && t('rail.administration')}
                </span>
              )}
              <RailItem item={item} label={label} isCollapsed={collapsed} />
            </Fragment>
          );
        })}
      <span className={classes.grow} />
      <button
        type="button"
        className={classes.fold}
        aria-expanded={!collapsed}
        aria-label={foldText}
        onClick={() => setCollapsed(!collapsed)}
      >
        <Fold size={18} stroke={1.6} />
        {!collapsed && <span>{foldText}</span>}
      </button>
    </nav>
  );
}

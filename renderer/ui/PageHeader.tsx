import { Anchor, Breadcrumbs, Group, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'react-router';

export interface Crumb {
  label: string;
  to?: string;
}
/** Head of every page: where one is, what it is called, its state, and its actions at the right. */
export function PageHeader({
  title,
  crumbs = [],
  status,
  actions,
}: {
  title: string;
  crumbs?: Crumb[];
  status?: ReactNode;
  actions?: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Millwright`;
  }, [title]);
  return (
    <header className="page-header">
      {crumbs.length > 0 && (
        <Breadcrumbs separator="/" className="crumbs">
          {crumbs.map(crumb =>
            crumb.to ? (
              <Anchor key={crumb.label} component={Link} to={crumb.to} size="xs">
                {crumb.label}
              </Anchor>
            ) : (
              <span key={crumb.label}>{crumb.label}</span>
            ),
          )}
        </Breadcrumbs>
      )}
      <Group justify="space-between" gap="sm" wrap="wrap">
        <Group gap="sm" wrap="wrap" style={{ minWidth: 0 }}>
          <Title order={1} className="page-title">
            {title}
          </Title>
          {status}
        </Group>
        <Group gap="xs">{actions}</Group>
      </Group>
    </header>
  );
}

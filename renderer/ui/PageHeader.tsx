import { Anchor, Breadcrumbs, Group, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'react-router';
import classes from './PageHeader.module.css';

export interface Crumb {
  label: string;
  to?: string;
}
interface Props {
  title: string;
  crumbs?: Crumb[];
  /** Badge or line beside the title. */
  status?: ReactNode;
  subtitle?: ReactNode;
  /** Top right; the one primary action comes last. */
  actions?: ReactNode;
}
/** Title, way back and actions of a page, in the same place everywhere; names the window too. */
export function PageHeader({ title, crumbs = [], actions, status, subtitle }: Props) {
  useEffect(() => {
    document.title = `${title} · Millwright`;
  }, [title]);
  return (
    <header className={classes.header}>
      <div className={classes.texts}>
        {crumbs.length > 0 && (
          <Breadcrumbs separator="/" separatorMargin={6} className={classes.crumbs}>
            {crumbs.map(crumb =>
              crumb.to ? (
                <Anchor key={crumb.label} component={Link} to={crumb.to} size="sm">
                  {crumb.label}
                </Anchor>
              ) : (
                <Text key={crumb.label} size="sm" c="dimmed" span>
                  {crumb.label}
                </Text>
              ),
            )}
          </Breadcrumbs>
        )}
        <Group gap="sm" wrap="wrap">
          <Title order={1} size="h3" className={classes.title}>
            {title}
          </Title>
          {status}
        </Group>
        {subtitle && (
          <Text size="sm" c="dimmed" component="div">
            {subtitle}
          </Text>
        )}
      </div>
      {actions && (
        <Group gap="xs" className={classes.actions}>
          {actions}
        </Group>
      )}
    </header>
  );
}

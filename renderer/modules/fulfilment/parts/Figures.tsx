import { Paper, SimpleGrid, Text, UnstyledButton } from '@mantine/core';
import { Link } from 'react-router';
import type { Figure } from '../../../../preload/contract/fulfilment.ts';
import { formatNumber } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';
import { noFilter } from '../../orders/parts/order-views.ts';
import classes from './Figures.module.css';

/** The address of the records behind a number. */
function addressOf(records: NonNullable<Figure['records']>): string {
  if (records.list === 'parts_out') return '/parts-out';
  const list = {
    filter: { ...noFilter, status: records.status, late: records.is_late },
    sort: { by: 'want_on', direction: 'asc' },
  };
  return `/orders?view=all&list=${encodeURIComponent(JSON.stringify(list))}`;
}

/** The numbers of a day, each a link to its records. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  const t = useTexts('fulfilment');
  return (
    <SimpleGrid cols={{ base: 3, md: 4, lg: Math.min(figures.length, 9) }} spacing="xs">
      {figures.map(figure => {
        const inside = (
          <>
            <Text size="xl" fw={700} className={classes.number}>
              {formatNumber(figure.value)}
            </Text>
            <Text size="xs" c="dimmed">
              {t(`screens.figures.${figure.key}`)}
            </Text>
          </>
        );
        return figure.records ? (
          <UnstyledButton
            key={figure.key}
            component={Link}
            to={addressOf(figure.records)}
            className={classes.figure}
          >
            {inside}
          </UnstyledButton>
        ) : (
          <Paper key={figure.key} className={classes.figure}>
            {inside}
          </Paper>
        );
      })}
    </SimpleGrid>
  );
}

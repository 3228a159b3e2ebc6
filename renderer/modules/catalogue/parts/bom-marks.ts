import type { MantineColor } from '@mantine/core';
import type { MasterBom } from '../../../../preload/contract/catalogue.ts';
import type { BadgeShape } from '../../../ui/StatusBadge.tsx';

export const bomMarks: Record<MasterBom['state'], { color: MantineColor; shape: BadgeShape }> = {
  DRAFT: { color: 'blue', shape: 'ring' },
  ACTIVE: { color: 'green', shape: 'check' },
  EXPIRED: { color: 'orange', shape: 'wait' },
  INACTIVE: { color: 'gray', shape: 'cross' },
};

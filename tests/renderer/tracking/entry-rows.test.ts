import { expect, test } from 'vitest';
import { isWrongQuantity, quantityOf } from '../../../renderer/modules/tracking/parts/entry-rows.ts';

test('a number that is no quantity is told, everything else is a quantity or the next scan', () => {
  for (const text of ['0', '-3', '2,5', '2.5', ' 12. ']) expect(isWrongQuantity(text), text).toBe(true);
  for (const text of ['1', ' 25 ', '1 000']) {
    expect(isWrongQuantity(text), text).toBe(false);
    expect(quantityOf(text), text).toBeGreaterThan(0);
  }
  for (const text of ['', 'PO-2,5', 'MW-OUT', '0401234567890123456'])
    expect(isWrongQuantity(text), text).toBe(false);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome, Scan } from '../../../renderer/scan/scan.ts';
import { type DeskState, ScanDesk } from '../../../renderer/scan/scan-desk.ts';

const scan = (text: string, began_at_ms: number): Scan => ({
  text,
  command: text === 'MW-IN' ? 'IN' : null,
  readings: [],
  unreadable: null,
  began_at_ms,
});
/** A desk on a clock of its own; every scan takes `work_ms` of it. */
function desk(outcome: (scan: Scan) => Outcome = () => ({ kind: 'shown' })) {
  const acted: string[] = [];
  const clock = { now_ms: 0 };
  let state: DeskState | undefined;
  const made = new ScanDesk({
    act: async given => {
      await Promise.resolve();
      acted.push(given.text);
      return outcome(given);
    },
    failed: () => ({ kind: 'bad', reason: 'failed', next_step: '' }),
    now_ms: () => clock.now_ms,
    changed: now => {
      state = now;
    },
  });
  const settled = async () => {
    for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
  };
  const take = (text: string, at_ms: number) => {
    clock.now_ms = at_ms;
    made.take(scan(text, at_ms));
  };
  return { made, acted, take, settled, clock, now: () => state };
}
const bad: Outcome = { kind: 'bad', reason: 'not known', next_step: 'search' };

describe('the desk', () => {
  it('gives ten scans in a second ten results in their order, whatever the work takes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string({ minLength: 6 }), { minLength: 10, maxLength: 10 }),
        async texts => {
          const { take, settled, acted } = desk();
          for (const [at, text] of texts.entries()) take(text, at * 100);
          await settled();
          expect(acted).toEqual(texts);
        },
      ),
    );
  });
  it('asks before the same scan acts again within two seconds, and not after', async () => {
    const { made, take, settled, acted, now } = desk();
    take('PO-1', 0);
    take('PO-1', 1999);
    await settled();
    expect(acted).toEqual(['PO-1']);
    expect(now()?.question).toMatchObject({ kind: 'repeat', text: 'PO-1' });
    await made.answer();
    await settled();
    expect(acted).toEqual(['PO-1']);
    take('PO-1', 4000);
    await settled();
    expect(acted).toEqual(['PO-1', 'PO-1']);
    take('PO-1', 4500);
    await settled();
    await made.answer(0);
    await settled();
    expect(acted).toHaveLength(3);
    take('MW-IN', 4600);
    take('MW-IN', 4700);
    await settled();
    expect(acted.slice(3)).toEqual(['MW-IN', 'MW-IN']);
  });
  it('keeps what went wrong until it is acknowledged; scans in the same rush go on behind it', async () => {
    const { made, take, settled, acted, now } = desk(({ text }) =>
      text === 'LOST' ? bad : { kind: 'good', title: text, subtitle: '' },
    );
    for (const [at, text] of ['A', 'LOST', 'B'].entries()) {
      take(text, at * 100);
      await settled();
    }
    expect(acted).toEqual(['A', 'LOST', 'B']);
    expect(now()?.rejections).toMatchObject([{ text: 'LOST', reason: 'not known' }]);
    take('C', 1200);
    await settled();
    expect(now()?.rejections).toEqual([]);
    take('LOST', 5000);
    await settled();
    made.acknowledge();
    expect(now()?.rejections).toEqual([]);
  });
  it('holds later scans back while it asks what one means; whoever scans on after seeing it drops the question', async () => {
    const chosen: string[] = [];
    const choice = (title: string) => ({
      title,
      subtitle: '',
      choose: (): Outcome => {
        chosen.push(title);
        return { kind: 'shown' };
      },
    });
    const { made, take, settled, acted, now } = desk(({ text }) =>
      text === 'OPEN' ? { kind: 'choose', choices: [choice('one'), choice('two')] } : { kind: 'shown' },
    );
    take('OPEN', 0);
    take('B', 100);
    await settled();
    expect(acted).toEqual(['OPEN']);
    expect(now()).toMatchObject({ waiting: 1, question: { kind: 'choose' } });
    await made.answer(1);
    await settled();
    expect([chosen, acted]).toEqual([['two'], ['OPEN', 'B']]);
    take('OPEN', 3000);
    await settled();
    take('C', 5000);
    await settled();
    expect(now()?.question).toBeNull();
    expect(acted).toEqual(['OPEN', 'B', 'OPEN', 'C']);
  });
  it('a failure is a rejection, and the next scan goes on', async () => {
    const { take, settled, acted, now } = desk(({ text }) => {
      if (text === 'BREAKS') throw new Error('no connection');
      return { kind: 'shown' };
    });
    take('BREAKS', 0);
    take('NEXT-1', 50);
    await settled();
    expect(now()?.rejections).toMatchObject([{ text: 'BREAKS', reason: 'failed' }]);
    expect(acted).toEqual(['BREAKS', 'NEXT-1']);
  });
});

import { readCode } from '../../../../preload/contract/codes.ts';
import type { ScanHit } from '../../../../preload/contract/logistics.ts';
import { ask } from '../../../rpc/client.ts';
import type { Outcome, Scan } from '../../../scan/scan.ts';
import { useTexts } from '../../../ui/texts.ts';

type Take = (order_number: string) => Outcome | Promise<Outcome>;
const MOST_CHOICES = 3;

/** Numbers of orders that a scan can mean, the text itself first. */
function numbersIn(scan: Scan): string[] {
  const numbers = scan.readings.flatMap(({ facts }) => facts.order_number ?? []);
  return [...new Set(numbers)];
}
/** The number under which a build is booked, as its traveller shows it. */
const bookedAs = ({ title }: ScanHit): string => title.replace(' / ', '/');

/**
 * Which order a scan names, for screens that book: an order number as it stands, our code of an order or build, or the
 * order in a label of a standard. Where several are known it asks; one that is known goes before one that is not.
 */
export function useOrderOfScan() {
  const t = useTexts('scan');
  return async (scan: Scan, take: Take): Promise<Outcome> => {
    const bad = (why: 'check_wrong' | 'no_order'): Outcome => ({
      kind: 'bad',
      reason: t(`bad.${why}`),
      next_step: t(`next.${why}`),
    });
    const code = readCode(scan.text);
    if (code.kind !== 'not_ours') {
      const { hits, problem } = await ask('logistics.resolveScan', { text: scan.text, elements: [] });
      const build = hits.find(hit => hit.kind === 'build' || hit.kind === 'order');
      if (build) return take(bookedAs(build));
      return bad(problem === 'wrong_check' ? 'check_wrong' : 'no_order');
    }
    const numbers = numbersIn(scan);
    const [first] = numbers;
    if (first === undefined) return bad('no_order');
    if (numbers.length === 1) return take(first);
    const { known } = await ask('tracking.knownOrders', { order_numbers: numbers });
    const [only = first, second] = known;
    if (second === undefined) return take(only);
    return {
      kind: 'choose',
      choices: known
        .slice(0, MOST_CHOICES)
        .map(title => ({ title, subtitle: '', choose: () => take(title) })),
    };
  };
}

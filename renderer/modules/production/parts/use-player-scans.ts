import type { WorkTask } from '../../../../preload/contract/assembly.ts';
import { readCode } from '../../../../preload/contract/codes.ts';
import type { SerialSlot } from '../../../../preload/contract/traceability.ts';
import type { Outcome, Scan } from '../../../scan/scan.ts';
import { useScanTarget } from '../../../scan/scan-targets.ts';
import { useTexts } from '../../../ui/texts.ts';
import type { Player } from './use-player.ts';

interface Acts {
  switchOperator: () => void;
  raiseIssue: () => void;
}
const partOf = (task: WorkTask, number: string) =>
  task.parts.find(part => part.material_number.toUpperCase() === number.toUpperCase());
/** What a label says of the item and its serial number; plain text may be either. */
function namedBy(scan: Scan): { item: string | undefined; serial: string | undefined } {
  const facts = scan.readings.find(reading => reading.standard !== 'plain')?.facts;
  return { item: facts?.item_number, serial: facts?.serial_number };
}

/**
 * Scans in the step player: command codes, badges, parts (ticked) and serial numbers of the task. Anything else is
 * the shell's.
 */
export function usePlayerScans(player: Player, enabled: boolean, { switchOperator, raiseIssue }: Acts): void {
  const t = useTexts('production');
  const shown: Outcome = { kind: 'shown' };
  const command = async (code: NonNullable<Scan['command']>): Promise<Outcome | undefined> => {
    if (code === 'NEXT') await player.next();
    else if (code === 'PASS') await player.complete();
    else if (code === 'FAIL') raiseIssue();
    else if (code === 'UNDO') await player.undo('');
    else return undefined;
    return shown;
  };
  const capture = async (slot: SerialSlot, serial: string): Promise<Outcome> => {
    const done = await player.capture(slot, serial, 'SCAN');
    if (!done) return shown;
    return {
      kind: 'good',
      title: t('work.serial_captured', { serial_number: serial.toUpperCase() }),
      subtitle: slot.name,
    };
  };
  useScanTarget(async scan => {
    if (scan.command) return command(scan.command);
    const code = readCode(scan.text);
    if (code.kind === 'code' && code.of === 'user') {
      switchOperator();
      return shown;
    }
    const { task } = player;
    if (code.kind !== 'not_ours' || !task) return undefined;
    const named = namedBy(scan);
    const open = player.slots.filter(slot => slot.serial === null);
    const slot = open.find(one => named.item === undefined || one.material_number === named.item);
    if (named.serial !== undefined && slot) return capture(slot, named.serial);
    const part = partOf(task, named.item ?? scan.text);
    if (part) {
      const done = await player.confirm([part.part_id], true);
      return done
        ? {
            kind: 'good',
            title: t('work.part_ticked', { number: part.material_number }),
            subtitle: part.material_name,
          }
        : shown;
    }
    return slot ? capture(slot, scan.text.trim()) : undefined;
  }, enabled);
}

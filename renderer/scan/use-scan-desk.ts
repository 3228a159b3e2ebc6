import { useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { type CommandCode, readCommand } from '../../preload/contract/codes.ts';
import type { ScanHit } from '../../preload/contract/logistics.ts';
import { ask, failureFrom } from '../rpc/client.ts';
import { useTexts, wordFailure } from '../ui/texts.ts';
import { isCalibration } from './calibration.ts';
import { ScanDetector } from './detector.ts';
import { listenToKeys } from './key-listener.ts';
import { readScan } from './read-scan.ts';
import type { Outcome, Scan } from './scan.ts';
import { elementsOf } from './scan.ts';
import { type DeskState, ScanDesk } from './scan-desk.ts';
import { targetNow } from './scan-targets.ts';
import { CHANGED, storedSettings } from './scanner-settings.ts';
import { beepBad, beepGood } from './sounds.ts';
import { type Stroke, textOf } from './stroke.ts';

const MOST_CHOICES = 3;
const MOST_KEPT_CHARACTERS = 500;
/** Where the calibration barcode is waited for: it is handed over as keys, before anything is read into it. */
let calibrating: ((strokes: Stroke[]) => void) | null = null;
export function onCalibration(heard: (strokes: Stroke[]) => void): () => void {
  calibrating = heard;
  return () => {
    calibrating = null;
  };
}

function scanOf(strokes: readonly Stroke[], began_at_ms: number): Scan {
  const settings = storedSettings();
  const read = readScan(textOf(strokes, settings.keyboard), settings);
  return {
    text: read.text,
    command: readCommand(read.text),
    readings: 'readings' in read ? read.readings : [],
    unreadable: 'unreadable' in read ? read.unreadable : null,
    began_at_ms,
  };
}

/** One listener for the whole window: hears, queues, and does what the screen or the shell makes of a scan. */
export function useScanDesk(isListening: boolean) {
  const t = useTexts('scan');
  const navigate = useNavigate();
  const [state, setState] = useState<DeskState>({ waiting: 0, question: null, rejections: [], done: null });

  const bad = (reason: string, next_step: string): Outcome => ({ kind: 'bad', reason, next_step });
  const open = (hit: ScanHit): Outcome => {
    navigate(hit.to);
    return { kind: 'good', title: hit.title, subtitle: hit.subtitle };
  };
  const refuseCommand = (command: CommandCode): Outcome =>
    bad(t('bad.command', { command }), t('next.command'));
  const resolve = async (scan: Scan): Promise<Outcome> => {
    const hits = new Map<string, ScanHit>();
    let isMisread = false;
    for (const reading of scan.readings) {
      const text = scan.text.slice(0, MOST_KEPT_CHARACTERS);
      const found = await ask('logistics.resolveScan', { text, elements: elementsOf(reading) });
      if (found.problem === 'wrong_check') isMisread = true;
      for (const hit of found.hits) hits.set(`${hit.kind} ${hit.id}`, hit);
    }
    const all = [...hits.values()].slice(0, MOST_CHOICES);
    const [only] = all;
    if (!only) return isMisread ? unreadable('check_wrong') : bad(t('bad.not_found'), t('next.not_found'));
    if (all.length === 1) return open(only);
    return {
      kind: 'choose',
      choices: all.map(hit => ({ title: hit.title, subtitle: hit.subtitle, choose: () => open(hit) })),
    };
  };
  const unreadable = (why: NonNullable<Scan['unreadable']>): Outcome =>
    bad(t(`bad.${why}`), t(`next.${why}`));
  const act = async (scan: Scan): Promise<Outcome> => {
    const outcome = scan.unreadable
      ? unreadable(scan.unreadable)
      : ((await targetNow()?.(scan)) ?? (scan.command ? refuseCommand(scan.command) : await resolve(scan)));
    if (scan.text !== '') await keep(scan, outcome);
    return outcome;
  };
  const port = {
    act,
    failed: (error: unknown) => bad(wordFailure(t, failureFrom(error)), t('next.failed')),
  };
  const latest = useRef(port);
  latest.current = port;

  const desk = useMemo(() => {
    let before: DeskState | null = null;
    return new ScanDesk({
      act: scan => latest.current.act(scan),
      failed: error => latest.current.failed(error),
      now_ms: () => performance.now(),
      changed: now => {
        if (now.done && now.done !== before?.done) beepGood();
        const isWorse = now.rejections.length > (before?.rejections.length ?? 0);
        if (isWorse || (now.question && now.question !== before?.question)) beepBad();
        before = now;
        setState(now);
      },
    });
  }, []);
  useEffect(() => {
    if (!isListening) return;
    const detector = new ScanDetector(storedSettings());
    const follow = () => {
      detector.settings = storedSettings();
    };
    window.addEventListener(CHANGED, follow);
    const stop = listenToKeys(detector, (strokes, began_at_ms) => {
      if (calibrating && isCalibration(strokes)) calibrating(strokes);
      else desk.take(scanOf(strokes, began_at_ms));
    });
    return () => {
      window.removeEventListener(CHANGED, follow);
      stop();
    };
  }, [desk, isListening]);
  return { desk, ...state };
}

/** The trail of scans: what was read and what became of it. */
async function keep(scan: Scan, outcome: Outcome): Promise<void> {
  const isRead = scan.unreadable === null;
  const [reading] = scan.readings;
  await ask('logistics.recordScan', {
    text: scan.text.slice(0, MOST_KEPT_CHARACTERS),
    barcode_type: reading?.standard,
    resolution:
      outcome.kind === 'bad'
        ? isRead
          ? 'NOT_FOUND'
          : 'ERROR'
        : outcome.kind === 'choose'
          ? 'PARTIAL'
          : 'SUCCESS',
    error_message: outcome.kind === 'bad' ? outcome.reason.slice(0, MOST_KEPT_CHARACTERS) : undefined,
    elements: reading ? elementsOf(reading) : [],
  });
}

import type { ScanDetector } from './detector.ts';
import type { Stroke } from './stroke.ts';

type TextField = HTMLInputElement | HTMLTextAreaElement;
interface Kept {
  field: TextField;
  value: string;
  start: number | null;
  end: number | null;
}
const isTextField = (target: EventTarget | null): target is TextField =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement &&
    !['checkbox', 'radio', 'button', 'submit', 'file', 'range'].includes(target.type));
/** Elements that do something of their own with a character, such as a list that is searched by typing. */
const takesCharacters = (target: EventTarget | null): boolean =>
  isTextField(target) ||
  target instanceof HTMLSelectElement ||
  (target instanceof HTMLElement && target.isContentEditable);

/** A field that is filled by scanning, such as the serial number of a built-in part: `data-scan-into`. */
const takesScansItself = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.dataset.scanInto !== undefined;

function selectionOf(field: TextField): Pick<Kept, 'start' | 'end'> {
  // Fields for numbers and days have no selection to ask for.
  return { start: field.selectionStart, end: field.selectionEnd };
}
/** As if the characters of the scan had never been typed, for the page's own record of the field, too. */
function putBack({ field, value, start, end }: Kept): void {
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(prototype.prototype, 'value')?.set?.call(field, value);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  if (start !== null) field.setSelectionRange(start, end);
}

/**
 * Hears every key before the page does. The first character of what may be a scan waits for the second one, so that no
 * shortcut acts on a scan; in a text field it appears at once and is taken out again when it was a scan.
 */
export function listenToKeys(
  detector: ScanDetector,
  heard: (strokes: Stroke[], began_at_ms: number) => void,
): () => void {
  let kept: Kept | null = null;
  let held: { event: KeyboardEvent; timer: number } | null = null;
  /** Keys that were given back to the page: they come by here once more. */
  const replayed = new WeakSet<Event>();

  const giveBack = () => {
    if (!held) return;
    const { event, timer } = held;
    held = null;
    clearTimeout(timer);
    const again = new KeyboardEvent(event.type, event);
    replayed.add(again);
    event.target?.dispatchEvent(again);
  };
  const drop = () => {
    if (held) clearTimeout(held.timer);
    held = null;
  };
  const swallow = (event: KeyboardEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const onFirst = (event: KeyboardEvent) => {
    giveBack();
    kept = isTextField(event.target)
      ? { field: event.target, value: event.target.value, ...selectionOf(event.target) }
      : null;
    // Space presses the focused button, and no code begins with it.
    if (takesCharacters(event.target) || event.key === ' ' || event.isComposing) return;
    swallow(event);
    held = { event, timer: window.setTimeout(giveBack, detector.settings.max_gap_ms + 5) };
  };
  const onDown = (event: KeyboardEvent) => {
    if (replayed.has(event) || event.repeat || takesScansItself(event.target)) return;
    const verdict = detector.press({
      key: event.key,
      code: event.code,
      at_ms: event.timeStamp,
      shift: event.shiftKey,
      ctrl: event.ctrlKey || event.metaKey,
      alt: event.altKey,
      level3: event.getModifierState('AltGraph'),
    });
    switch (verdict.kind) {
      case 'typing':
        if (event.key !== 'Shift') giveBack();
        return;
      case 'first':
        return onFirst(event);
      case 'scanning':
        drop();
        // In a text field a fast typist must not lose characters: there they stay until the end key tells.
        if (!isTextField(event.target) || event.ctrlKey || event.altKey) swallow(event);
        return;
      case 'scan':
        drop();
        swallow(event);
        if (kept?.field.isConnected) putBack(kept);
        kept = null;
        heard(verdict.strokes, verdict.began_at_ms);
    }
  };
  const onUp = (event: KeyboardEvent) => {
    if (detector.release(event.key, event.timeStamp)) swallow(event);
  };
  window.addEventListener('keydown', onDown, { capture: true });
  window.addEventListener('keyup', onUp, { capture: true });
  return () => {
    drop();
    window.removeEventListener('keydown', onDown, { capture: true });
    window.removeEventListener('keyup', onUp, { capture: true });
  };
}

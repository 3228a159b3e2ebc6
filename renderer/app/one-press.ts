/** Keys that move or take away go on while they are held, and so do the steps of a size. */
const GOES_ON = /^(Arrow(Up|Down|Left|Right)|PageUp|PageDown|Home|End|Tab|Backspace|Delete|[+-])$/;
/** Undo, redo and paste of a text field. */
const EDITS = /^[zyv]$/i;
type Place = 'page' | 'field' | 'text';
type Held = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>;

/** Whether a key acts again while it is held: everything that answers, books or moves on does so once a press. */
export function actsAgain({ key, altKey, ctrlKey, metaKey }: Held, place: Place): boolean {
  if (altKey) return false;
  if (GOES_ON.test(key)) return true;
  if (place === 'page') return false;
  if (ctrlKey || metaKey) return EDITS.test(key);
  return key.length === 1 || (key === 'Enter' && place === 'text');
}
const PRESSED = 'button, a[href], input, label, [role=button], [role=menuitem], [role=option], [role=tab]';
/** A label presses its field. */
function pressedBy(target: EventTarget | null): Element | null {
  const pressed = target instanceof Element ? target.closest(PRESSED) : null;
  return pressed instanceof HTMLLabelElement ? (pressed.control ?? pressed) : pressed;
}
function placeOf(target: EventTarget | null): Place {
  if (target instanceof HTMLTextAreaElement) return 'text';
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement ? 'field' : 'page';
}

/** A hand that clicks twice stays there; neighbouring keys are further apart. */
const SAME_PLACE_PX = 12;

/**
 * One press is one act, wherever it lands: a key that is held longer than meant does not answer the next question, and
 * the second half of a double click does not press what has come under the pointer meanwhile. Begins before any screen
 * listens.
 */
export function actOncePerPress(): void {
  const swallow = (event: Event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.repeat && !actsAgain(event, placeOf(event.target))) swallow(event);
  };
  let last: { pressed: Element | null; x: number; y: number } = { pressed: null, x: 0, y: 0 };
  const onClick = (event: MouseEvent) => {
    const pressed = pressedBy(event.target);
    const { clientX: x, clientY: y } = event;
    const isThere = Math.hypot(x - last.x, y - last.y) <= SAME_PLACE_PX;
    if (event.detail > 1 && isThere && pressed !== null && pressed !== last.pressed) return swallow(event);
    last = { pressed, x, y };
  };
  window.addEventListener('keydown', onKey, { capture: true });
  window.addEventListener('click', onClick, { capture: true });
}

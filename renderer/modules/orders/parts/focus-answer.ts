/** Brings the field of an answer into view and puts the cursor in it. */
export function focusAnswer(path: string) {
  const places = [path, path.replace(/\.[a-z0-9_]+$/, ''), path.replace(/\[.*$/, '')];
  for (const place of places) {
    const box = document.querySelector<HTMLElement>(`[data-answer="${CSS.escape(place)}"]`);
    if (!box) continue;
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    box.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
    const field = box.querySelector<HTMLElement>(
      'input:not([disabled]), [role="radio"]:not([disabled]), button, textarea',
    );
    (field ?? box).focus({ preventScroll: true });
    return true;
  }
  return false;
}

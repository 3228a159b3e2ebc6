import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { LabelElement, LabelLayout } from '../../../../preload/contract/labels.ts';
import { useTexts } from '../../../ui/texts.ts';
import { keyed, moved, replaced, sized } from './elements.rules.ts';
import classes from './Label.module.css';

interface Props {
  layout: LabelLayout;
  svg: string;
  chosen: string | null;
  onChoose: (key: string | null) => void;
  onChange: (layout: LabelLayout) => void;
  width_px: number;
}
interface Grip {
  key: string;
  start: LabelElement;
  x: number;
  y: number;
  isSizing: boolean;
}

/** The label at printer dots with its elements to take hold of: by mouse or touch, and by arrow keys. */
export function LabelCanvas({ layout, svg, chosen, onChoose, onChange, width_px }: Props) {
  const t = useTexts('logistics');
  const grip = useRef<Grip | null>(null);
  const scale = width_px / layout.width_mm;
  const take = (event: PointerEvent<HTMLElement>, element: LabelElement, isSizing: boolean) => {
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    onChoose(element.key);
    grip.current = { key: element.key, start: element, x: event.clientX, y: event.clientY, isSizing };
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    const held = grip.current;
    if (!held) return;
    const [dx, dy] = [(event.clientX - held.x) / scale, (event.clientY - held.y) / scale];
    const change = held.isSizing ? sized : moved;
    onChange(replaced(layout, held.key, change(held.start, layout, dx, dy)));
  };
  const drop = () => {
    grip.current = null;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const element = layout.elements.find(one => one.key === chosen);
    if (!element) return;
    const next = keyed(element, layout, event.key, { isSizing: event.shiftKey, isFar: event.ctrlKey });
    if (!next) return;
    event.preventDefault();
    onChange(replaced(layout, element.key, next));
  };
  return (
    <div
      role="application"
      aria-label={t('designer.canvas')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the drawing area takes the arrow keys
      tabIndex={0}
      className={classes.canvas}
      style={{ width: width_px }}
      onKeyDown={onKeyDown}
      onPointerDown={() => onChoose(null)}
    >
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by the station, every text in it is escaped there */}
      <div dangerouslySetInnerHTML={{ __html: svg }} />
      {layout.elements.map(element => (
        <div
          key={element.key}
          data-element={element.key}
          className={`${classes.element} ${element.key === chosen ? classes.chosen : ''}`}
          style={{
            left: element.x_mm * scale,
            top: element.y_mm * scale,
            width: Math.max(4, element.width_mm * scale),
            height: Math.max(4, element.height_mm * scale),
          }}
          onPointerDown={event => take(event, element, false)}
          onPointerMove={drag}
          onPointerUp={drop}
        >
          {element.key === chosen && (
            <div
              className={classes.handle}
              onPointerDown={event => take(event, element, true)}
              onPointerMove={drag}
              onPointerUp={drop}
            />
          )}
        </div>
      ))}
    </div>
  );
}

import type { logistics } from '../../../preload/contract/logistics.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import { layOut } from '../../printing/labels/layout.rules.ts';
import { svgOf } from '../../printing/labels/svg.rules.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { exampleValues } from './example-values.rules.ts';

type Input = ParsedInputOf<(typeof logistics)['previewTemplate']>;
/** A layout while it is edited, with values as long as usual ones. */
export function previewTemplate(ctx: ReadCtx, { label_type, layout, language, dpi }: Input) {
  const placed = layOut(layout, exampleValues(label_type), { language, reader: ctx.actor.locale, dpi });
  return { svg: svgOf(placed), problems: placed.problems };
}

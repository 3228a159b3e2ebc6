import type { z } from 'zod';

/** What an address carries as JSON; a broken one is none at all, and the defaults of the shape count. */
export function fromAddress<Shape extends z.ZodType>(shape: Shape, text: string | null): z.output<Shape> {
  try {
    return shape.parse(JSON.parse(text ?? '{}'));
  } catch {
    return shape.parse({});
  }
}

import { FLOOR_PICTURES } from './floor-pictures.ts';
import { LABEL_PICTURES } from './label-pictures.ts';
import { ORDER_PICTURES } from './order-pictures.ts';
import type { Picture } from './picture.ts';

/** Every picture of README and guides. They are taken in this order: a later one sees what an earlier one did. */
export const PICTURES: Picture[] = [...ORDER_PICTURES, ...FLOOR_PICTURES, ...LABEL_PICTURES];

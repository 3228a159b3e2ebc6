import { createSpotlight } from '@mantine/spotlight';

/** State of the command field, and what opens and closes it. */
export const [paletteStore, palette] = createSpotlight();

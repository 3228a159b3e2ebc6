/** The call was not understood; the message says how it goes. */
export class Usage extends Error {}

/** Lower case without accents, in words. At most eight words, so that a pasted page stays cheap. */
export const tokensOf = (text: string): string[] =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .split(/\s+/)
    .filter(token => token !== '')
    .slice(0, 8);

/** The index knows pieces of three characters. */
export const isSearchable = (token: string): boolean => [...token].length >= 3;

/** Every word somewhere, each quoted: an operator or quote in the text is text. */
export const matchText = (tokens: readonly string[]): string =>
  tokens.map(token => `"${token.replaceAll('"', '""')}"`).join(' ');

/** Ranges of the number index for a start typed in capitals or not. */
export function prefixRanges(text: string) {
  const upper = text.toUpperCase();
  return { from1: text, to1: `${text}\uFFFF`, from2: upper, to2: `${upper}\uFFFF` };
}

import cyrillic400 from '@fontsource/inter/files/inter-cyrillic-400-normal.woff2?inline';
import cyrillic600 from '@fontsource/inter/files/inter-cyrillic-600-normal.woff2?inline';
import cyrillic700 from '@fontsource/inter/files/inter-cyrillic-700-normal.woff2?inline';
import greek400 from '@fontsource/inter/files/inter-greek-400-normal.woff2?inline';
import greek600 from '@fontsource/inter/files/inter-greek-600-normal.woff2?inline';
import greek700 from '@fontsource/inter/files/inter-greek-700-normal.woff2?inline';
import latin400 from '@fontsource/inter/files/inter-latin-400-normal.woff2?inline';
import latin600 from '@fontsource/inter/files/inter-latin-600-normal.woff2?inline';
import latin700 from '@fontsource/inter/files/inter-latin-700-normal.woff2?inline';
import latinExt400 from '@fontsource/inter/files/inter-latin-ext-400-normal.woff2?inline';
import latinExt600 from '@fontsource/inter/files/inter-latin-ext-600-normal.woff2?inline';
import latinExt700 from '@fontsource/inter/files/inter-latin-ext-700-normal.woff2?inline';

const LATIN =
  'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD';
const LATIN_EXT =
  'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF';
const GREEK = 'U+0370-0377,U+037A-037F,U+0384-038A,U+038C,U+038E-03A1,U+03A3-03FF';
const CYRILLIC = 'U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116';

/** The weights print.css and the drawings use; another one would be shown by the nearest of these. */
const faces: [weight: number, url: string, range: string][] = [
  [400, latin400, LATIN],
  [400, latinExt400, LATIN_EXT],
  [400, greek400, GREEK],
  [400, cyrillic400, CYRILLIC],
  [600, latin600, LATIN],
  [600, latinExt600, LATIN_EXT],
  [600, greek600, GREEK],
  [600, cyrillic600, CYRILLIC],
  [700, latin700, LATIN],
  [700, latinExt700, LATIN_EXT],
  [700, greek700, GREEK],
  [700, cyrillic700, CYRILLIC],
];
/**
 * The font travels inside the document, so that paper looks the same on every computer.
 * One file per weight: a variable font would be embedded as drawn shapes (Type 3) without hinting.
 */
export const fontCss = faces
  .map(
    ([weight, url, range]) =>
      `@font-face{font-family:'Inter Print';font-weight:${weight};src:url(${url}) format('woff2');unicode-range:${range}}`,
  )
  .join('\n');

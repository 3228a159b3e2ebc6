import type { Reporter } from './import.rules.ts';
import type { OddityFacts } from './import-oddities.rules.ts';

type Texts = Pick<OddityFacts, 'parts' | 'assemblies'>;

const SLIPS = /PERFORRATED|GROMETS?\b|ACTUACTOR|INTRUMENT|EMERGNECY/;
const LANGUAGES = /-(EN|FR|SP)(?=-|$)/;
const RANGE = /(\d+)"?\s*(?:UP TO|TO|-)\s*(\d+)"/;
const RANGE_OF_NUMBER = /-(\d{2,3})-(\d{2,3})(?=-|$)/;
const PRODUCTS = /\b(ENDOSCOPE|MDRD|INSTRO|INSTRUMENT)\b/;

/** Names that say something else than their number, their components or their series; the numbers decide. */
export function checkTexts({ parts, assemblies }: Texts, tell: Reporter): void {
  for (const [number, { name }] of assemblies) checkName(number, name, tell);
  // A twin of the same name is told once.
  for (const [number, { name }] of parts)
    if (assemblies.get(number)?.name !== name) checkName(number, name, tell);
  checkComponentTexts({ parts, assemblies }, tell);
  checkSeries(assemblies, tell);
}

function checkName(number: string, name: string, tell: Reporter): void {
  const slip = SLIPS.exec(name);
  if (slip) tell(22, 'info', number, 'spelling', { word: slip[0], name });
  const range = RANGE.exec(name);
  const inId = RANGE_OF_NUMBER.exec(number);
  const size = /^(\d{2,3})X\d+/.exec(name);
  const contradicts =
    range && ((inId && (inId[1] !== range[1] || inId[2] !== range[2])) || (size && size[1] !== range[1]));
  if (contradicts) tell(22, 'info', number, 'range_contradicts', { name });
}

function checkComponentTexts({ parts, assemblies }: Texts, tell: Reporter): void {
  for (const [number, { name, components }] of assemblies) {
    const language = LANGUAGES.exec(number)?.[1];
    const other =
      language &&
      components.find(({ part_id }) => ![undefined, language].includes(LANGUAGES.exec(part_id)?.[1]));
    if (other) tell(22, 'info', number, 'language_contradicts', { component: other.part_id });
    const range = RANGE.exec(name);
    // Where the number states the range, the number has already been compared.
    if (!range || RANGE_OF_NUMBER.test(number)) continue;
    for (const { part_id } of components) {
      const part_name = (parts.get(part_id) ?? assemblies.get(part_id))?.name ?? '';
      const inPart = RANGE.exec(part_name);
      if (inPart && (inPart[1] !== range[1] || inPart[2] !== range[2]))
        tell(22, 'info', number, 'component_range_contradicts', { name, component: part_id, part_name });
    }
  }
}

/** Numbers that differ in their range alone are one series: it serves one product, whatever a single name says. */
function checkSeries(assemblies: Texts['assemblies'], tell: Reporter): void {
  const series = new Map<string, { number: string; name: string; product: string }[]>();
  for (const [number, { name }] of assemblies) {
    const product = PRODUCTS.exec(name)?.[1];
    if (product === undefined || !RANGE_OF_NUMBER.test(number)) continue;
    const stem = number.replace(RANGE_OF_NUMBER, '-*');
    series.set(stem, [...(series.get(stem) ?? []), { number, name, product }]);
  }
  for (const members of series.values()) {
    const counted = Map.groupBy(members, ({ product }) => product);
    const usual = [...counted].find(([, held]) => held.length > members.length / 2)?.[0];
    if (usual === undefined) continue;
    for (const { number, name, product } of members)
      if (product !== usual) tell(22, 'info', number, 'product_contradicts', { name, product, usual });
  }
}

export interface Part {
  path: string;
  base: string | null;
  mine: string | null;
  theirs: string | null;
}

/** The values of a document by their place: `basins.1.length_in`. */
function flat(value: unknown, path: string, into: Map<string, string>): Map<string, string> {
  if (typeof value === 'object' && value !== null)
    for (const [key, held] of Object.entries(value)) flat(held, path ? `${path}.${key}` : key, into);
  else if (value !== null && value !== undefined) into.set(path || '=', String(value));
  return into;
}

/** Places of a document whose value is not the same on all three sides. */
export function differingParts(base: unknown, mine: unknown, theirs: unknown): Part[] {
  const [was, own, others] = [base, mine, theirs].map(side => flat(side, '', new Map()));
  const paths = new Set([...(was?.keys() ?? []), ...(own?.keys() ?? []), ...(others?.keys() ?? [])]);
  return [...paths].sort().flatMap(path => {
    const part: Part = {
      path,
      base: was?.get(path) ?? null,
      mine: own?.get(path) ?? null,
      theirs: others?.get(path) ?? null,
    };
    return part.base === part.mine && part.mine === part.theirs ? [] : [part];
  });
}

/**
 * The first cycle of a directed graph as a path `A, B, A`, or undefined. Iterative: 10,000 levels cost no stack.
 * Edges to nodes without a list of their own are leaves.
 */
export function findCycle(graph: Iterable<readonly [string, readonly string[]]>): string[] | undefined {
  const children = new Map(graph);
  const done = new Set<string>();
  for (const start of children.keys()) {
    if (done.has(start)) continue;
    const path: { node: string; next: number }[] = [{ node: start, next: 0 }];
    const onPath = new Set([start]);
    for (let frame = path.at(-1); frame; frame = path.at(-1)) {
      const child = children.get(frame.node)?.[frame.next++];
      if (child === undefined) {
        done.add(frame.node);
        onPath.delete(frame.node);
        path.pop();
        continue;
      }
      if (onPath.has(child)) {
        const from = path.findIndex(({ node }) => node === child);
        return [...path.slice(from).map(({ node }) => node), child];
      }
      if (done.has(child) || !children.has(child)) continue;
      onPath.add(child);
      path.push({ node: child, next: 0 });
    }
  }
  return undefined;
}

/** A path from `from` down to `to` along the lists, ends included, or undefined. */
export function findPath(
  childrenOf: (node: string) => readonly string[],
  from: string,
  to: string,
): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const seen = new Set([from]);
  const open = [from];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === to) return pathTo(node, cameFrom);
    for (const child of childrenOf(node)) {
      if (seen.has(child)) continue;
      seen.add(child);
      cameFrom.set(child, node);
      open.push(child);
    }
  }
  return undefined;
}

function pathTo(node: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const path = [node];
  for (let at = cameFrom.get(node); at !== undefined; at = cameFrom.get(at)) path.push(at);
  return path.reverse();
}

import { isMap, isNode, isPair, isScalar, isSeq, type Document, type Node } from 'yaml';
import type { Path } from './value-at.ts';

/** Where the path's key stands in the text; for a missing one, where the nearest parent stands. */
export function offsetOf(document: Document, path: Path): number {
  let node: Node | null = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const part of path) {
    const next = childOf(node, part);
    if (next === undefined) return offset;
    offset = next.offset;
    node = next.node;
  }
  return offset;
}

function childOf(parent: Node | null, part: PropertyKey): { node: Node | null; offset: number } | undefined {
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === part);
    if (pair === undefined || !isNode(pair.key)) return undefined;
    return { node: isNode(pair.value) ? pair.value : null, offset: pair.key.range?.[0] ?? 0 };
  }
  const item: unknown = isSeq(parent) ? parent.items[Number(part)] : undefined;
  return isNode(item) ? { node: item, offset: item.range?.[0] ?? 0 } : undefined;
}

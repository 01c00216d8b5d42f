import { Document, isMap, isSeq, type Node } from 'yaml';
import type { VirtualKey } from '../../environments/schema/virtual-key.ts';

/** A key as a team's file holds it: a line for each field, with the models on one. */
export function keyNode(key: VirtualKey): Node {
  const node = new Document().createNode(key);
  if (!isMap(node)) throw new TypeError('a key is a block of keys');
  const models = node.get('models');
  if (isSeq(models)) models.flow = true;
  return node;
}

import { unresolvedPins } from '../release-pins.ts';
import { stateRule } from './policy-rule.ts';

export const imageDigest = stateRule({
  says: 'Every image and chart is pinned by a digest that a registry gave.',
  scope: 'every environment',
  exceptBy: [],
  options: {},
  /** One line for all of them, since one command is the answer. */
  evaluate: ({ files: { release } }) => {
    const unresolved = release.value === undefined ? [] : unresolvedPins(release.value);
    if (unresolved.length === 0) return [];
    const counted = unresolved.length === 1 ? '1 digest is' : `${unresolved.length} digests are`;
    const message = `${counted} unresolved: ${unresolved.join(', ')}: run npm run pin`;
    return [{ problem: release.locate([], message) }];
  },
});

// A Deployment's selector can never be changed, so these words are chosen once for all components.

const PART_OF = 'tollgate';

/** What the objects of a component are found by, now and for ever. */
export function selectorLabels(component: string): Record<string, string> {
  return { 'app.kubernetes.io/name': PART_OF, 'app.kubernetes.io/component': component };
}

/** The labels of every object and pod of a component. */
export function labels(component: string): Record<string, string> {
  return {
    ...selectorLabels(component),
    'app.kubernetes.io/part-of': PART_OF,
    'app.kubernetes.io/managed-by': 'tollgate-render',
  };
}

import { digestsAreReal, imagesArePinned, nothingIsLatest } from './image-rules.ts';
import { add, set, type RuleCase } from './rule.ts';

const IMAGE = 'spec.template.spec.containers.0.image';
const NAME = 'cr.example.com/tollgate/gateway';
/** Of the text "test", so that it looks like any other. */
export const REAL = 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

const MADE_UP = [
  `sha256:${'0'.repeat(64)}`,
  `sha256:${'3f'.repeat(32)}`,
  `sha256:${'0123456789abcdef'.repeat(4)}`,
  `sha256:${'a1b2c3d4e5f60718293a4b5c6d7e8f90'.repeat(2)}`,
  `sha256:${'abcdef'.repeat(11).slice(0, 64)}`,
  `sha256:9f86d081${'1234567890'.repeat(5)}123456`,
  `sha256:deadbeef${REAL.slice(-56)}`,
  'sha256:9f86d081',
  'sha256:todo',
];

export const IMAGE_CASES: readonly RuleCase[] = [
  {
    title: 'images are named by version and digest',
    rule: imagesArePinned,
    broken: {
      'an image without a digest': set('Deployment', IMAGE, `${NAME}:0.1.0`),
      'an image without a version': set('Job', IMAGE, `${NAME}@${REAL}`),
      'the latest image': set('Deployment', IMAGE, `${NAME}:latest@sha256:unresolved`),
      'an image of an init container': set('Deployment', 'spec.template.spec.initContainers', [{ image: NAME }]),
    },
  },
  {
    title: 'digests are what a registry gave, or openly none',
    rule: digestsAreReal,
    broken: Object.fromEntries(
      MADE_UP.map((digest) => [`an image with ${digest}`, set('Deployment', IMAGE, `${NAME}:0.1.0@${digest}`)]),
    ),
  },
  {
    title: 'nothing is whatever is newest',
    rule: nothingIsLatest,
    broken: {
      'an image in the values of a chart': add('argocd', {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: { name: 'other' },
        spec: { source: { helm: { values: 'image: quay.io/jetstack/cert-manager-controller:latest' } } },
      }),
    },
  },
];

import { describe, expect, it } from 'vitest';
import { formatProblem } from '../../environments/schema/parse-yaml.ts';
import { buildApp } from '../../generators/build-app.ts';
import { manifestsByPath } from '../../generators/manifests-by-path.ts';
import { renderContext } from '../../generators/render-context.ts';
import { validateManifests, type Manifest } from '../../generators/validate-manifests.ts';
import { exampleEnvironment } from './example-environment.ts';

const PATH = 'dev/gateway/Deployment.gateway.yaml';

// A small part of a Deployment, as far as these tests break it.
interface Pod {
  containers: [Record<string, unknown>];
}
interface Deployment extends Manifest {
  spec: Record<string, unknown> & { template: { spec: Pod } };
}

describe('validateManifests', () => {
  it('has nothing against what is rendered', () => {
    const environment = exampleEnvironment();
    const manifests = manifestsByPath(buildApp(renderContext(environment)), 'dev');

    expect(validateManifests(manifests)).toEqual([]);
  });

  it.each<[string, (deployment: Deployment) => void, string[]]>([
    [
      'a value of the wrong type',
      ({ spec }) => Object.assign(spec, { replicas: '3' }),
      ['spec.replicas: Deployment gateway: must be integer'],
    ],
    [
      'a required field that is missing',
      ({ spec }) => Reflect.deleteProperty(spec, 'selector'),
      ['spec: Deployment gateway: must have required property selector'],
    ],
    [
      'a field that Kubernetes does not have, deep in a list',
      ({ spec }) => Object.assign(spec.template.spec.containers[0], { readynessProbe: { periodSeconds: 5 } }),
      ['spec.template.spec.containers.0.readynessProbe: Deployment gateway: unknown field'],
    ],
    [
      'a misspelt field that is missed as well',
      ({ spec }) => {
        Object.assign(spec, { selektor: spec['selector'] });
        Reflect.deleteProperty(spec, 'selector');
      },
      [
        'spec: Deployment gateway: must have required property selector',
        'spec.selektor: Deployment gateway: unknown field',
      ],
    ],
    [
      'a text where a block belongs, without complaints about what it holds',
      ({ spec }) => Object.assign(spec, { template: [{ spec: 'none' }] }),
      ['spec.template: Deployment gateway: must be object'],
    ],
    [
      'a field beside spec',
      (deployment) => Object.assign(deployment, { specs: {} }),
      ['specs: Deployment gateway: unknown field'],
    ],
  ])('refuses %s', (_what, break_, expected) => {
    const deployment = exampleDeployment();
    break_(deployment);

    const problems = validateManifests(new Map([[PATH, deployment]]));

    expect(problems.map(formatProblem)).toEqual(expected.map((text) => `dist/${PATH}:1:1: error: ${text}`));
  });

  it('refuses a kind that is never rendered, such as a Secret', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys' }, stringData: { KEY: 'value' } };
    const problems = validateManifests(new Map([['dev/gateway/Secret.keys.yaml', secret]]));

    expect(problems.map(({ message }) => message)).toEqual(['Secret keys: v1 Secret is not a kind that is rendered']);
  });
});

function exampleDeployment(): Deployment {
  const environment = exampleEnvironment();
  const manifests = manifestsByPath(buildApp(renderContext(environment)), 'dev');
  return structuredClone(manifests.get(PATH)) as Deployment;
}

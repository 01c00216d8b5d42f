import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Environment } from '../../environments/schema/environment.ts';
import { renderEnvironments } from '../../generators/render.ts';
import { exampleEnvironment, exampleModel, exampleRelease, exampleSettings } from './example-environment.ts';

const DEPLOYMENT = 'dev/gateway/Deployment.gateway.yaml';
const CONFIG_MAP = 'dev/gateway/ConfigMap.gateway-config.yaml';

interface Deployment {
  spec: { template: { metadata: { annotations?: object }; spec: { containers: [Container]; volumes: object[] } } };
}

interface Container {
  image: string;
  command?: string[];
  args: string[];
  env: { name: string; valueFrom?: object }[];
  readinessProbe: { initialDelaySeconds?: number };
}

describe('renderEnvironments', () => {
  it('names every file by environment, component, kind and name', () => {
    expect([...filesOf(exampleEnvironment()).keys()].toSorted()).toEqual([
      'README.md',
      CONFIG_MAP,
      DEPLOYMENT,
      'dev/gateway/Service.gateway.yaml',
      'dev/gateway/ServiceAccount.gateway.yaml',
      'dev/namespaces/Namespace.argocd.yaml',
      'dev/namespaces/Namespace.cert-manager.yaml',
      'dev/namespaces/Namespace.nginx-ingress.yaml',
      'dev/namespaces/Namespace.tollgate.yaml',
    ]);
  });

  it('gives the same bytes for the same environment', () => {
    expect(filesOf(exampleEnvironment())).toEqual(filesOf(exampleEnvironment()));
  });

  it('renders no manifests for the local environment', () => {
    const local = exampleEnvironment({ settings: { ...exampleSettings, name: 'local' } });

    expect([...filesOf(local).keys()]).toEqual(['README.md']);
  });

  it('changes only the ConfigMap when a model is added that names no new variable', () => {
    const added = { ...exampleModel, model_name: 'second', model_info: { base_model: 'gpt-4o' } };
    const models = { model_list: [exampleModel, added] };

    expect(changedFiles(exampleEnvironment(), exampleEnvironment({ models }))).toEqual([CONFIG_MAP]);
  });

  it('gives the pods each variable that the configuration names, from the one Secret', () => {
    const litellm_params = { ...exampleModel.litellm_params, api_key: 'os.environ/ANOTHER_KEY' };
    const models = { model_list: [{ ...exampleModel, litellm_params }] };
    const { env } = containerOf(exampleEnvironment({ models }));

    expect(changedFiles(exampleEnvironment(), exampleEnvironment({ models }))).toEqual([CONFIG_MAP, DEPLOYMENT]);
    expect(env).toContainEqual({
      name: 'ANOTHER_KEY',
      valueFrom: { secretKeyRef: { name: 'gateway-secrets', key: 'ANOTHER_KEY' } },
    });
    expect(env.map(({ name }) => name)).not.toContain('AZURE_OPENAI_KEY');
  });

  it('shows a digest that nobody has resolved, and writes a resolved one as it is', () => {
    const digest = `sha256:${'5e'.repeat(32)}`;
    const release = { images: { gateway: { ...exampleRelease.images.gateway, digest } } };

    expect(containerOf(exampleEnvironment()).image).toBe('crdev.azurecr.io/tollgate/gateway:0.1.0@sha256:unresolved');
    expect(containerOf(exampleEnvironment({ release })).image).toBe(
      `crdev.azurecr.io/tollgate/gateway:0.1.0@${digest}`,
    );
  });
});

describe('renderEnvironments with engine litellm', () => {
  const litellm = { version: 'v1.91.4', digest: 'unresolved' };
  const stock = (models?: object) =>
    exampleEnvironment({
      settings: { ...exampleSettings, engine: 'litellm' },
      release: { images: { ...exampleRelease.images, litellm } },
      ...(models && { models }),
    });

  it('runs the stock image by its own entry point, ready 30 s after its start at the earliest', () => {
    const container = containerOf(stock());

    expect(container.image).toBe('crdev.azurecr.io/berriai/litellm:v1.91.4@sha256:unresolved');
    expect(container).not.toHaveProperty('command');
    expect(container.args).toEqual(['--config', '/etc/tollgate/config.yaml', '--port', '4000']);
    expect(container.readinessProbe.initialDelaySeconds).toBe(30);
  });

  it('restarts the pods with every change, since LiteLLM reads its configuration once', () => {
    const changed = stock({ model_list: [exampleModel, { ...exampleModel, model_name: 'second' }] });

    expect(changedFiles(stock(), changed)).toEqual([CONFIG_MAP, DEPLOYMENT]);
  });

  it('says so when its image is not pinned', () => {
    const unpinned = exampleEnvironment({ settings: { ...exampleSettings, engine: 'litellm' } });

    expect(() => renderEnvironments([unpinned])).toThrow('environment dev does not pin the image of its engine');
  });
});

function filesOf(environment: Environment): ReadonlyMap<string, string> {
  const { files, problems } = renderEnvironments([environment]);
  expect(problems).toEqual([]);
  return files;
}

function changedFiles(before: Environment, after: Environment): string[] {
  const old = filesOf(before);
  return [...filesOf(after)]
    .filter(([path, text]) => old.get(path) !== text)
    .map(([path]) => path)
    .toSorted();
}

function containerOf(environment: Environment): Container {
  const deployment = parse(filesOf(environment).get(DEPLOYMENT) ?? '') as Deployment;
  return deployment.spec.template.spec.containers[0];
}

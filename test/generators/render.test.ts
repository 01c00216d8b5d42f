import { describe, expect, it } from 'vitest';
import type { Environment } from '../../environments/schema/environment.ts';
import { COMPONENTS } from '../../generators/components.ts';
import { renderEnvironments } from '../../generators/render.ts';
import { exampleEnvironment, exampleModel, exampleRelease, exampleSettings } from './example-environment.ts';

const DEPLOYMENT = 'dev/gateway/Deployment.gateway.yaml';

describe('renderEnvironments', () => {
  it('names every manifest by environment, component, kind and name', () => {
    const settings = { ...exampleSettings, host_names: ['llm.dev.example.com'], dns: { zone: 'dev.example.com' } };
    const paths = [...filesOf(exampleEnvironment({ settings })).keys()].filter(
      (path) => !path.startsWith('dev/infra/'),
    );
    const folders = new Set(paths.slice(1).map((path) => path.split('/')[1]));

    expect(paths[0]).toBe('README.md');
    expect(paths.slice(1).filter((path) => !/^dev\/[a-z-]+\/[A-Za-z]+\.[a-z0-9.-]+\.yaml$/.test(path))).toEqual([]);
    expect(COMPONENTS.map(({ name }) => name).filter((name) => !folders.has(name))).toEqual([]);
    expect(paths).toContain(DEPLOYMENT);
  });

  it('gives the same bytes for the same environment', () => {
    expect(filesOf(exampleEnvironment())).toEqual(filesOf(exampleEnvironment()));
  });

  it('renders no manifests for the local environment', () => {
    const local = exampleEnvironment({ settings: { ...exampleSettings, name: 'local' } });

    expect([...filesOf(local).keys()]).toEqual(['README.md']);
  });

  it('changes only the configuration, and what is asked for it, when a model is added', () => {
    const added = { ...exampleModel, model_name: 'second', model_info: { base_model: 'gpt-4o' } };
    const models = { model_list: [exampleModel, added] };

    expect(changedFiles(exampleEnvironment(), exampleEnvironment({ models }))).toEqual([
      'dev/gateway/ConfigMap.gateway-config.yaml',
      'dev/gateway/Job.gateway-smoke-test.yaml',
    ]);
  });

  it('shows a digest that nobody has resolved, and writes a resolved one as it is', () => {
    const digest = `sha256:${'5e'.repeat(32)}`;
    const { images } = exampleRelease;
    const release = { ...exampleRelease, images: { ...images, gateway: { ...images.gateway, digest } } };

    expect(filesOf(exampleEnvironment()).get(DEPLOYMENT)).toContain(
      'image: crdev.azurecr.io/tollgate/gateway:0.1.0@sha256:unresolved\n',
    );
    expect(filesOf(exampleEnvironment({ release })).get(DEPLOYMENT)).toContain(
      `image: crdev.azurecr.io/tollgate/gateway:0.1.0@${digest}\n`,
    );
  });
});

describe('renderEnvironments with engine litellm', () => {
  const stock = { ...exampleSettings, engine: 'litellm' };
  const litellm = { version: 'v1.91.4', digest: 'unresolved' };
  const release = { ...exampleRelease, images: { ...exampleRelease.images, litellm } };

  it('says what of the environment has no effect, or another one', () => {
    const gateway = { ...stock.gateway, autoscaling: 'keda', prometheus_url: 'http://prometheus:9090' };
    const { problems } = renderEnvironments([exampleEnvironment({ settings: { ...stock, gateway }, release })]);

    expect(problems.map(({ level, file, field }) => `${file} ${level} ${field}`)).toEqual([
      'environments/dev/environment.yaml warning gateway.autoscaling',
      'environments/dev/environment.yaml warning gateway.database.allow_requests_on_db_unavailable',
    ]);
  });

  it('says nothing where all of it has the same effect', () => {
    const database = { ...stock.gateway.database, allow_requests_on_db_unavailable: false };
    const settings = { ...stock, gateway: { ...stock.gateway, database } };

    expect(renderEnvironments([exampleEnvironment({ settings, release, teams: [] })]).problems).toEqual([]);
  });

  it('says so when its image is not pinned', () => {
    expect(() => renderEnvironments([exampleEnvironment({ settings: stock })])).toThrow(
      'environment dev does not pin the image of its engine',
    );
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

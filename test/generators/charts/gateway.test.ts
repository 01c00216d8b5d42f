import { describe, expect, it } from 'vitest';
import { resolveGatewayConfig } from '../../../generators/resolve-gateway-config.ts';
import { exampleEnvironment, exampleModel } from '../example-environment.ts';
import { environmentWith, gatewayObject, gatewayObjects } from './gateway-objects.ts';

const CLIENT_ID = '6f1c9a52-3b7d-4e08-9c41-d2a85e7b10f3';
const DEPLOYMENT = 'Deployment.gateway';
const WAVE = 'argocd.argoproj.io/sync-wave';

describe('gatewayChart', () => {
  it('renders the gateway and all that keeps it serving', () => {
    expect([...gatewayObjects(exampleEnvironment()).keys()].toSorted()).toEqual([
      'ConfigMap.gateway-config',
      DEPLOYMENT,
      'HorizontalPodAutoscaler.gateway',
      'Job.gateway-migration',
      'Job.gateway-smoke-test',
      'PodDisruptionBudget.gateway',
      'PriorityClass.tollgate-gateway',
      'SecretProviderClass.gateway-secrets',
      'Service.gateway',
      'Service.gateway-pods',
      'ServiceAccount.gateway',
    ]);
  });

  it('brings up what pods need first, then the migration, then the pods', () => {
    const objects = [...gatewayObjects(exampleEnvironment())];
    const namesIn = (wave: string) =>
      objects.filter(([, { metadata }]) => (metadata.annotations?.[WAVE] ?? '0') === wave).map(([name]) => name);

    expect(new Set(namesIn('-2'))).toEqual(
      new Set([
        'ConfigMap.gateway-config',
        'PriorityClass.tollgate-gateway',
        'SecretProviderClass.gateway-secrets',
        'ServiceAccount.gateway',
      ]),
    );
    expect(namesIn('-1')).toEqual(['Job.gateway-migration']);
    expect(namesIn('0')).toContain(DEPLOYMENT);
  });

  it('lets pods sign in as the identity of the environment, and shows one that is not known yet', () => {
    const known = gatewayObject(environmentWith({ identities: { gateway: CLIENT_ID } }), 'ServiceAccount.gateway');
    const unknown = gatewayObject(exampleEnvironment(), 'ServiceAccount.gateway');
    const pod = gatewayObject(exampleEnvironment(), DEPLOYMENT).spec.template;

    expect(known.metadata.annotations).toMatchObject({ 'azure.workload.identity/client-id': CLIENT_ID });
    expect(unknown.metadata.annotations).toMatchObject({ 'azure.workload.identity/client-id': 'unset' });
    expect(pod.metadata.labels).toMatchObject({ 'azure.workload.identity/use': 'true' });
    expect(pod.spec.serviceAccountName).toBe('gateway');
  });

  it('spreads pods over zones and hosts, above ordinary pods, and lets one be away', () => {
    const { spec } = gatewayObject(exampleEnvironment(), DEPLOYMENT).spec.template;
    const budget = gatewayObject(exampleEnvironment(), 'PodDisruptionBudget.gateway');

    expect(spec.topologySpreadConstraints.map(({ topologyKey }) => topologyKey)).toEqual([
      'topology.kubernetes.io/zone',
      'kubernetes.io/hostname',
    ]);
    expect(spec.priorityClassName).toBe('tollgate-gateway');
    expect(budget.spec).toMatchObject({ maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' });
  });

  it('has a Service of one address and one of the ready pods, and neither selects a Job', () => {
    const objects = gatewayObjects(exampleEnvironment());
    const { metadata } = gatewayObject(exampleEnvironment(), DEPLOYMENT).spec.template;
    const pods = objects.get('Service.gateway-pods');

    expect(pods?.spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: false });
    expect(objects.get('Service.gateway')?.spec.selector).toEqual(pods?.spec.selector);
    expect(metadata.labels).toMatchObject(pods?.spec.selector as object);
    for (const job of ['Job.gateway-migration', 'Job.gateway-smoke-test'])
      expect(objects.get(job)?.spec.template.metadata.labels).not.toMatchObject(pods?.spec.selector as object);
  });
});

describe('secrets of the gateway', () => {
  it('are files of the vault, one for each variable that the configuration names', () => {
    const { spec } = gatewayObject(secretiveEnvironment(), 'SecretProviderClass.gateway-secrets');
    const { objects, ...parameters } = spec['parameters'] as Record<string, string>;

    expect(parameters).toEqual({
      usePodIdentity: 'false',
      clientID: CLIENT_ID,
      keyvaultName: 'kv-dev-k7m2',
      tenantId: 'unset',
    });
    expect(objects).toContain('    objectName: another-key\n    objectType: secret\n    objectAlias: ANOTHER_KEY\n');
    expect(objects).not.toContain('AZURE_OPENAI_KEY');
    expect(spec).not.toHaveProperty('secretObjects');
  });

  it('are mounted as a folder that can change, and never as a variable', () => {
    const [container] = gatewayObject(exampleEnvironment(), DEPLOYMENT).spec.template.spec.containers;

    expect(container.env).toEqual([
      { name: 'TOLLGATE_DATA_DIR', value: '/var/lib/tollgate' },
      { name: 'TOLLGATE_SECRETS_DIR', value: '/mnt/secrets' },
    ]);
    expect(container.volumeMounts).toContainEqual({ name: 'secrets', mountPath: '/mnt/secrets', readOnly: true });
  });

  it('change nothing in the pods when the configuration names another', () => {
    expect(changedObjects(exampleEnvironment(), secretiveEnvironment({}))).toEqual([
      'ConfigMap.gateway-config',
      'Job.gateway-smoke-test',
      'SecretProviderClass.gateway-secrets',
    ]);
  });
});

describe('Jobs around a sync', () => {
  const migration = gatewayObject(exampleEnvironment(), 'Job.gateway-migration');
  const smokeTest = gatewayObject(exampleEnvironment(), 'Job.gateway-smoke-test');

  it('migrate the database with the configuration and the secrets of the gateway', () => {
    const [container] = migration.spec.template.spec.containers;
    const [gateway] = gatewayObject(exampleEnvironment(), DEPLOYMENT).spec.template.spec.containers;

    expect(migration.metadata.annotations).toMatchObject({ 'argocd.argoproj.io/hook': 'Sync' });
    expect(container.image).toBe(gateway.image);
    expect(container.command).toEqual(['node', 'proxy/migrate.ts', '--config', '/etc/tollgate/config.yaml']);
    expect(container.env).toEqual([{ name: 'TOLLGATE_SECRETS_DIR', value: '/mnt/secrets' }]);
    expect(gateway.volumeMounts).toEqual(expect.arrayContaining([...(container.volumeMounts ?? [])]));
  });

  it('ask every ready pod for the revision that was rendered, without a secret', () => {
    const [container] = smokeTest.spec.template.spec.containers;
    const { revision } = resolveGatewayConfig(exampleEnvironment());

    expect(smokeTest.metadata.annotations).toMatchObject({ 'argocd.argoproj.io/hook': 'PostSync' });
    expect(container.command?.join(' ')).toBe(
      `node proxy/smoke-test.ts --pods gateway-pods.tollgate.svc.cluster.local --port 4000 --revision ${revision} --timeout-seconds 300`,
    );
    expect(smokeTest.spec.template.spec).not.toHaveProperty('volumes');
  });

  it.each([
    ['migration', migration],
    ['smoke test', smokeTest],
  ])('end in any case: the %s', (_name, job) => {
    expect(job.metadata.annotations).toMatchObject({ 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation' });
    expect(job.spec['activeDeadlineSeconds']).toBeGreaterThan(240);
    expect(job.spec['backoffLimit']).toBeLessThan(3);
    expect(job.spec).not.toHaveProperty('ttlSecondsAfterFinished');
    expect(job.spec.template.spec.restartPolicy).toBe('Never');
  });
});

describe('gatewayChart with engine litellm', () => {
  const stock = environmentWith({ engine: 'litellm' });

  it('runs the stock image by its own entry point, ready 30 s after its start at the earliest', () => {
    const [container] = gatewayObject(stock, DEPLOYMENT).spec.template.spec.containers;

    expect(container.image).toBe('crdev.azurecr.io/berriai/litellm:v1.91.4@sha256:unresolved');
    expect(container).not.toHaveProperty('command');
    expect(container.args).toEqual(['--config', '/etc/tollgate/config.yaml', '--port', '4000']);
    expect(container.readinessProbe.initialDelaySeconds).toBe(30);
  });

  it('copies the files into a Secret for its variables, and still mounts them, since the Secret lives by that', () => {
    const { spec } = gatewayObject(stock, 'SecretProviderClass.gateway-secrets');
    const [container] = gatewayObject(stock, DEPLOYMENT).spec.template.spec.containers;

    expect(spec['secretObjects']).toMatchObject([{ secretName: 'gateway-secrets', type: 'Opaque' }]);
    expect(container.env).toContainEqual({
      name: 'DATABASE_URL',
      valueFrom: { secretKeyRef: { name: 'gateway-secrets', key: 'DATABASE_URL' } },
    });
    expect(container.volumeMounts?.map(({ name }) => name)).toContain('secrets');
  });

  it('restarts the pods with every change, since LiteLLM reads its configuration once', () => {
    const models = { model_list: [exampleModel, { ...exampleModel, model_name: 'second' }] };

    expect(changedObjects(stock, environmentWith({ engine: 'litellm' }, {}, { models }))).toEqual([
      'ConfigMap.gateway-config',
      DEPLOYMENT,
    ]);
  });

  it('has no Job: it migrates when it starts, and cannot tell which configuration it runs', () => {
    expect([...gatewayObjects(stock).keys()].filter((name) => name.startsWith('Job.'))).toEqual([]);
  });
});

/** Its one model needs ANOTHER_KEY in place of AZURE_OPENAI_KEY. */
function secretiveEnvironment(settings: object = { identities: { gateway: CLIENT_ID } }) {
  const litellm_params = { ...exampleModel.litellm_params, api_key: 'os.environ/ANOTHER_KEY' };
  const models = { model_list: [{ ...exampleModel, litellm_params }], router_settings: { num_retries: 2 } };
  return environmentWith(settings, {}, { models });
}

function changedObjects(before: Parameters<typeof gatewayObjects>[0], after: typeof before): string[] {
  const old = gatewayObjects(before);
  return [...gatewayObjects(after)]
    .filter(([name, object]) => JSON.stringify(old.get(name)) !== JSON.stringify(object))
    .map(([name]) => name)
    .toSorted();
}

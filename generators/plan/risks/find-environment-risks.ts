import { listAt, textAt } from '../../../environments/schema/value-at.ts';
import { readManifest } from './manifest-change.ts';

// What only the objects of an environment together can tell.

type Manifests = ReadonlyMap<string, string>;

const CONFIG_MAP = 'gateway/ConfigMap.gateway-config.yaml';

/** Host names that clients use and that nothing answers to any more. */
export function hostNamesRemoved(environment: string, before: Manifests, after: Manifests): string[] {
  const kept = hostNamesOf(environment, after);
  return [...hostNamesOf(environment, before)]
    .filter((host) => !kept.has(host))
    .map((host) => `${host} is answered by nothing any more: every client that still calls it fails.`);
}

function hostNamesOf(environment: string, manifests: Manifests): Set<string> {
  const routes = objectsOf(environment, manifests, /\/(Ingress|HTTPRoute)\.[^/]*$/);
  return new Set(
    routes.flatMap((route) => [
      ...listAt(route, ['spec', 'rules']).flatMap((rule) => textAt(rule, ['host']) ?? []),
      ...listAt(route, ['spec', 'hostnames']).map(String),
    ]),
  );
}

/** Secrets that the environment's vault has to hold before the merge: a pod that misses one does not start. */
export function secretsNeeded(environment: string, before: Manifests, after: Manifests): string[] {
  const known = secretsOf(environment, before, 'objectName');
  const needed = [...secretsOf(environment, after, 'objectName')].filter((name) => !known.has(name));
  if (needed.length === 0) return [];
  const [secrets, them] = needed.length === 1 ? ['secret', 'it'] : ['secrets', 'them'];
  return [
    `The vault (where the environment's credentials are kept) needs the ${secrets} ${needed.join(', ')} before the merge: ` +
      `without ${them} new copies of the gateway do not start.`,
  ];
}

/** Credentials that the gateway's configuration names and that nobody hands to it. */
export function secretsMissing(environment: string, before: Manifests, after: Manifests): string[] {
  if (isConfigUnchanged(environment, before, after)) return [];
  const text = after.get(`${environment}/${CONFIG_MAP}`) ?? '';
  const given = new Set([...secretsOf(environment, after, 'objectAlias'), ...variablesOf(environment, after)]);
  const named = new Set([...text.matchAll(/\bos\.environ\/(\w+)/g)].map(([, name = '']) => name));
  return [...named]
    .filter((name) => !given.has(name))
    .map(
      (name) =>
        `The gateway's configuration reads ${name}, and no secret of the vault is handed to it under that name.`,
    );
}

/** The members `objectName` or `objectAlias` of every entry; the list is a YAML text of YAML texts. */
function secretsOf(environment: string, manifests: Manifests, field: 'objectName' | 'objectAlias'): Set<string> {
  return new Set(
    objectsOf(environment, manifests, /\/SecretProviderClass\.[^/]*$/).flatMap((object) => {
      const list = readManifest(textAt(object, ['spec', 'parameters', 'objects']));
      return listAt(list, ['array']).flatMap((entry) => textAt(readManifest(String(entry)), [field]) ?? []);
    }),
  );
}

function variablesOf(environment: string, manifests: Manifests): string[] {
  return objectsOf(environment, manifests, /\/gateway\/Deployment\.[^/]*$/)
    .flatMap((object) => listAt(object, ['spec', 'template', 'spec', 'containers']))
    .flatMap((container) => listAt(container, ['env']))
    .flatMap((variable) => textAt(variable, ['name']) ?? []);
}

/** Whether a side declares nothing of an environment that the other has. */
export function isRemoved(environment: string, before: Manifests, after: Manifests): boolean {
  return hasAny(environment, before) && !hasAny(environment, after);
}

/** Whether only the other side declares anything of it. */
export function isAdded(environment: string, before: Manifests, after: Manifests): boolean {
  return isRemoved(environment, after, before);
}

/** Whether an environment is declared and the gateway's configuration is what it was. */
export function isConfigUnchanged(environment: string, before: Manifests, after: Manifests): boolean {
  const path = `${environment}/${CONFIG_MAP}`;
  return before.get(path) === after.get(path);
}

function hasAny(environment: string, manifests: Manifests): boolean {
  return [...manifests.keys()].some((path) => path.startsWith(`${environment}/`));
}

function objectsOf(environment: string, manifests: Manifests, pattern: RegExp): unknown[] {
  return [...manifests]
    .filter(([path]) => path.startsWith(`${environment}/`) && pattern.test(path))
    .flatMap(([, text]) => readManifest(text) ?? []);
}

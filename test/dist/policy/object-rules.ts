import { formatProblem } from '../../../environments/schema/parse-yaml.ts';
import { validateManifests } from '../../../generators/validate-manifests.ts';
import { environmentOf } from '../manifests.ts';
import type { Rule } from './rule.ts';

// What any object may be.

const WITHOUT_NAMESPACE = ['ClusterIssuer', 'GatewayClass', 'Namespace', 'PriorityClass'];
const OWN_LABELS = ['name', 'component', 'part-of', 'managed-by'].map((label) => `app.kubernetes.io/${label}`);

/** Names are chosen, not derived, and the file is called like the object. */
export const namesSaySoAndStay: Rule = (manifests) =>
  manifests.flatMap(({ path, object: { kind, metadata } }) => {
    if (!path.endsWith(`/${kind}.${metadata.name}.yaml`)) return [`${path}: the file is not called like the object`];
    if (/[0-9a-f]{8}$/.test(metadata.name)) return [`${path}: the name was derived and will change`];
    const missing = OWN_LABELS.filter((label) => metadata.labels?.[label] === undefined);
    return missing.length === 0 ? [] : [`${path}: has no ${missing.join(', ')}`];
  });

export const namespacesAreWrittenOut: Rule = (manifests) =>
  manifests.flatMap(({ path, object: { kind, metadata } }) => {
    const wantsNone = WITHOUT_NAMESPACE.includes(kind);
    if (wantsNone !== (metadata.namespace === undefined)) return [`${path}: the namespace is left to chance`];
    const exists = manifests.some(
      (other) =>
        other.object.kind === 'Namespace' &&
        other.object.metadata.name === metadata.namespace &&
        environmentOf(other) === environmentOf({ path }),
    );
    const isOfTheCluster = metadata.namespace === 'kube-system';
    return wantsNone || exists || isOfTheCluster ? [] : [`${path}: there is no namespace ${metadata.namespace}`];
  });

/** Two components that both hold an object would take it from each other for ever. */
export const objectsStandOnce: Rule = (manifests) => {
  const seen = new Map<string, string>();
  return manifests.flatMap(({ path, object: { apiVersion, kind, metadata } }) => {
    const group = apiVersion.split('/')[0];
    const key = [environmentOf({ path }), group, kind, metadata.namespace, metadata.name].join(' ');
    const first = seen.get(key);
    seen.set(key, path);
    return first === undefined ? [] : [`${path}: is in ${first} too`];
  });
};

/** Every pod is held to Pod Security, and nothing that is removed from Git takes a namespace with it. */
export const namespacesAreGuarded: Rule = (manifests) =>
  manifests
    .filter(({ object }) => object.kind === 'Namespace')
    .flatMap(({ path, object: { metadata } }) => {
      const { labels = {}, annotations = {} } = metadata;
      if (labels['pod-security.kubernetes.io/enforce'] !== 'restricted') return [`${path}: admits any pod`];
      if (!/^v1\.\d+$/.test(labels['pod-security.kubernetes.io/enforce-version'] ?? ''))
        return [`${path}: an upgrade of the cluster may refuse its pods`];
      const options = (annotations['argocd.argoproj.io/sync-options'] ?? '').split(',');
      const isKept = options.includes('Prune=false') && options.includes('Delete=false');
      return isKept ? [] : [`${path}: Argo CD may delete it with all that is in it`];
    });

export const fieldsAreKnown: Rule = (manifests) =>
  validateManifests(new Map(manifests.map(({ path, object }) => [path, object]))).map(formatProblem);

const SECRET_VALUE = /\bsk-[A-Za-z0-9_-]{16,}|-----BEGIN [A-Z ]*PRIVATE KEY|:\/\/[^\s/:@]+:[^\s/@]+@/;
const SECRET_FIELD =
  /^\s*(?:-\s+)?["']?[\w-]*(?:password|client_?secret|private_?key|token|api_?key)["']?:\s*(\S.*)$/gim;
/** A reference, a hash, a price, a flag or the word for what is not known: none of them lets anybody in. */
const NO_VALUE = /^["']?(?:os\.environ\/\w+|[0-9a-f]{64}$|[\d.]+$|unset|true|false|null|\$\S+|\{\}|\||>)/;

export const nothingIsSecret: Rule = (manifests) =>
  manifests.flatMap(({ path, text, object }) => {
    if (object.kind === 'Secret') return [`${path}: a Secret in Git is public`];
    if (SECRET_VALUE.test(text)) return [`${path}: holds what looks like a key or a password`];
    const values = [...text.matchAll(SECRET_FIELD)].map(([, value]) => value ?? '');
    return values.some((value) => !NO_VALUE.test(value)) ? [`${path}: a field that is secret has a value`] : [];
  });

import { componentOf, environmentOf, type CommittedManifest, type KubernetesObject } from '../manifests.ts';
import { findReferred, referencesOf } from './reference-rules.ts';
import type { Rule } from './rule.ts';
import { workloadsOf } from './workloads.ts';

interface Application extends KubernetesObject {
  readonly spec: {
    project: string;
    source: { repoURL: string; path?: string; chart?: string; targetRevision: string };
    destination: { namespace?: string };
  };
}

interface Project extends KubernetesObject {
  readonly spec: {
    sourceRepos: string[];
    destinations: { namespace: string }[];
    clusterResourceWhitelist: { group: string; kind: string }[];
    namespaceResourceWhitelist?: { group: string; kind: string }[];
  };
}

const ANNOTATION = 'argocd.argoproj.io';
/** An action applies it, which can check and restore. */
const NOT_FOLLOWED = ['coredns'];

/** Each folder is read by one Application, of its own environment, and no Application reads what is not there. */
export const foldersHaveOneApplication: Rule = (manifests) => {
  const folders = new Set(manifests.map((manifest) => `dist/${environmentOf(manifest)}/${componentOf(manifest)}`));
  const followed = foldersReadBy(manifests);
  const strange = followed
    .filter(({ environment, folder }) => !folders.has(folder) || folder.split('/')[1] !== environment)
    .map(({ path, folder }) => `${path}: reads ${folder}, which its environment does not have`);
  const uneven = [...folders].flatMap((folder) => {
    const wanted = NOT_FOLLOWED.includes(folder.split('/')[2] ?? '') ? 0 : 1;
    const readers = followed.filter((application) => application.folder === folder);
    return readers.length === wanted ? [] : [`${folder}: ${readers.length} Applications read it, not ${wanted}`];
  });
  return [...strange, ...uneven];
};

/** Whatever an Application holds, its project allows: else the sync is refused when it is too late. */
export const projectsAllowTheirApplications: Rule = (manifests) =>
  applicationsOf(manifests).flatMap(({ path, application }) => {
    const { spec } = application;
    const project = projectOf(manifests, path, spec.project);
    if (project === undefined) return [`${path}: there is no project ${spec.project}`];
    if (!project.spec.sourceRepos.includes(spec.source.repoURL))
      return [`${path}: ${spec.project} does not allow ${spec.source.repoURL}`];
    const objects = manifests.filter((manifest) => folderOf(manifest) === spec.source.path);
    return objects.flatMap(({ path: object, object: held }) =>
      isAllowed(project, held) ? [] : [`${object}: the project ${spec.project} does not allow it`],
    );
  });

/** A project may reach no further than it has to. */
export const projectsAreClosed: Rule = (manifests) =>
  manifests
    .filter(({ object }) => object.kind === 'AppProject')
    .flatMap(({ path, object }) =>
      // The default project names nothing else than what it refuses.
      /"(?:[^"]*\*[^"]*)"/.test(JSON.stringify({ ...(object as Project).spec, namespaceResourceBlacklist: [] }))
        ? [`${path}: allows whatever there is`]
        : [],
    );

/** A Job is immutable, so it is a hook that makes room for its successor, and it ends. */
export const jobsAreHooksThatEnd: Rule = (manifests) =>
  manifests
    .filter(({ object }) => object.kind === 'Job')
    .flatMap(({ path, object }) => {
      const { annotations = {} } = object.metadata;
      const spec = object['spec'] as { activeDeadlineSeconds?: number; backoffLimit?: number };
      if (!['Sync', 'PostSync'].includes(annotations[`${ANNOTATION}/hook`] ?? ''))
        return [`${path}: is no hook of a sync; before one, what it needs is not there`];
      if (annotations[`${ANNOTATION}/hook-delete-policy`] !== 'BeforeHookCreation')
        return [`${path}: the next one cannot be made beside it`];
      const ends = (spec.activeDeadlineSeconds ?? Infinity) <= 3_600 && (spec.backoffLimit ?? Infinity) <= 6;
      return ends ? [] : [`${path}: may run or fail for ever`];
    });

/** What a hook needs is applied in a wave before its own: a sync waits for the hook, and would wait for ever. */
export const hooksFindWhatTheyNeed: Rule = (manifests) =>
  workloadsOf(manifests)
    .filter(({ object }) => object.metadata.annotations?.[`${ANNOTATION}/hook`] === 'Sync')
    .flatMap((hook) =>
      referencesOf(hook).flatMap((reference) => {
        const needed = findReferred(manifests, hook, reference);
        if (needed === undefined || componentOf(needed) !== componentOf(hook)) return [];
        return waveOf(needed.object) < waveOf(hook.object)
          ? []
          : [`${needed.path}: is not there when ${hook.path} starts`];
      }),
    );

/** Namespaces are in an earlier Application than everything that lives in them. */
export const namespacesComeFirst: Rule = (manifests) => {
  const waveOfFolder = new Map(
    foldersReadBy(manifests).map(({ folder, application }) => [folder, waveOf(application)] as const),
  );
  return manifests.flatMap((manifest) => {
    const namespace = manifests.find(
      (other) =>
        other.object.kind === 'Namespace' &&
        environmentOf(other) === environmentOf(manifest) &&
        other.object.metadata.name === manifest.object.metadata.namespace,
    );
    const own = waveOfFolder.get(folderOf(manifest));
    const first = namespace && waveOfFolder.get(folderOf(namespace));
    // Argo CD's own namespace stands before Argo CD reads anything.
    if (own === undefined || first === undefined || componentOf(manifest) === 'argocd') return [];
    return first < own ? [] : [`${manifest.path}: its namespace is not there yet`];
  });
};

function foldersReadBy(manifests: readonly CommittedManifest[]) {
  return applicationsOf(manifests).flatMap(({ path, application }) => {
    const { path: folder, repoURL } = application.spec.source;
    // The chart of somebody else is whole, whatever its path is called.
    if (folder === undefined || repoURL.startsWith('oci://')) return [];
    return [{ path, application, folder, environment: environmentOf({ path }) }];
  });
}

function applicationsOf(manifests: readonly CommittedManifest[]): { path: string; application: Application }[] {
  return manifests
    .filter(({ object }) => object.kind === 'Application')
    .map(({ path, object }) => ({ path, application: object as Application }));
}

function projectOf(manifests: readonly CommittedManifest[], path: string, name: string): Project | undefined {
  return manifests.find(
    ({ path: other, object }) =>
      object.kind === 'AppProject' &&
      object.metadata.name === name &&
      environmentOf({ path: other }) === environmentOf({ path }),
  )?.object as Project | undefined;
}

function isAllowed({ spec }: Project, { apiVersion, kind, metadata }: KubernetesObject): boolean {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const list = metadata.namespace === undefined ? spec.clusterResourceWhitelist : spec.namespaceResourceWhitelist;
  const isKnown = list?.some((allowed) => allowed.group === group && allowed.kind === kind) ?? false;
  const { namespace } = metadata;
  return isKnown && (namespace === undefined || spec.destinations.some((to) => to.namespace === namespace));
}

function folderOf(manifest: CommittedManifest): string {
  return `dist/${environmentOf(manifest)}/${componentOf(manifest)}`;
}

function waveOf({ metadata }: KubernetesObject): number {
  return Number(metadata.annotations?.[`${ANNOTATION}/sync-wave`] ?? 0);
}

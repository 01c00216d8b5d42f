import type { EnvironmentCluster } from './environment-cluster.ts';

/** An account that nobody made has what every account has. */
const NOBODY = 'nobody-made-this-account';

/** What a ServiceAccount may do in its namespace beside what every account may: one line each, resource and verbs. */
export async function extraRights(on: EnvironmentCluster, namespace: string, name: string): Promise<string[]> {
  const [own, everybody] = await Promise.all([name, NOBODY].map((account) => rightsOf(on, namespace, account)));
  return (own ?? []).filter((right) => !everybody?.includes(right));
}

async function rightsOf(on: EnvironmentCluster, namespace: string, name: string): Promise<string[]> {
  const account = `--as=system:serviceaccount:${namespace}:${name}`;
  const table = await on.run(['auth', 'can-i', '--list', account, `--namespace=${namespace}`, '--no-headers']);
  // Resource, URLs, names of objects, verbs: columns, of which the middle ones are brackets and mostly empty.
  return table
    .trim()
    .split('\n')
    .map((line) =>
      line
        .replaceAll(/\[\]|[[\]]/g, ' ')
        .trim()
        .replaceAll(/\s+/g, ' '),
    );
}

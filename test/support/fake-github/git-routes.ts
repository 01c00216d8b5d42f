import { invalid, notFound, refusal, type Answer, type Call, type Route } from './answer.ts';
import type { GitObjects } from './git-objects.ts';

const READ = { access: 'read', anyOf: ['contents'] } as const;
const WRITE = { access: 'write', anyOf: ['contents'] } as const;

/** References and trees. */
export function makeGitRoutes(objects: GitObjects): Route[] {
  function getRef({ parameters }: Call): Answer {
    const ref = parameters['ref'] ?? '';
    const head = objects.headOf(ref.replace(/^heads\//, ''));
    if (head === undefined) return notFound();
    return { status: 200, body: { ref: `refs/${ref}`, object: { type: 'commit', sha: head } } };
  }

  function createRef({ body }: Call): Answer {
    const { ref, sha } = body;
    if (typeof ref !== 'string' || !ref.startsWith('refs/heads/'))
      return refusal(422, "Reference name must start with 'refs/' and have at least two slashes.");
    if (typeof sha !== 'string' || !objects.commitExists(sha)) return refusal(422, 'Object does not exist');
    const branch = ref.replace('refs/heads/', '');
    if (objects.headOf(branch) !== undefined) return refusal(422, 'Reference already exists');
    objects.createBranch(branch, sha);
    return { status: 201, body: { ref, object: { type: 'commit', sha } } };
  }

  function getTree({ parameters, url }: Call): Answer {
    const sha = parameters['sha'] ?? '';
    if (!/^[0-9a-f]{40}$/.test(sha)) return invalid('Tree', 'tree_sha', 'The tree_sha parameter exceeded its form');
    const tree = objects.tree(sha);
    if (tree === undefined) return notFound();
    const isRecursive = url.searchParams.has('recursive');
    return {
      status: 200,
      body: { sha, tree: tree.filter(({ path }) => isRecursive || !path.includes('/')), truncated: false },
    };
  }

  function compare({ parameters }: Call): Answer {
    const [base = '', head = ''] = (parameters['basehead'] ?? '').split('...');
    if (!objects.commitExists(base) || !objects.commitExists(head)) return notFound();
    const shared = objects.mergeBase(base, head);
    if (shared === undefined) return refusal(404, `No common ancestor between ${base} and ${head}.`);
    return {
      status: 200,
      body: { merge_base_commit: { sha: shared }, ahead_by: objects.countCommits(base, head) },
    };
  }

  return [
    { method: 'GET', path: '/repos/:owner/:repo/git/ref/*ref', needs: READ, handle: getRef },
    { method: 'POST', path: '/repos/:owner/:repo/git/refs', needs: WRITE, handle: createRef },
    { method: 'GET', path: '/repos/:owner/:repo/git/trees/:sha', needs: READ, handle: getTree },
    { method: 'GET', path: '/repos/:owner/:repo/compare/:basehead', needs: READ, handle: compare },
  ];
}

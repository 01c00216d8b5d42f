import { listed } from '../print-text.ts';

// What the list of changed files alone tells.

const JUDGES = /^(environments\/schema|generators\/(check|plan)|\.github|\.ci)\/|^package(-lock)?\.json$/;
const READ = /^environments\/(schema\/.+|policy\.yaml|README\.md|[^./][^/]*\/.+)$/;
const MOST_NAMED = 3;

/** Changes of what judges a change, and files below environments/ that nothing reads. */
export function pathRisks(added: readonly string[], changed: readonly string[]): string[] {
  const judges = changed.filter((path) => JUDGES.test(path));
  const unread = added.filter((path) => path.startsWith('environments/') && !READ.test(path));
  return [
    ...(judges.length === 0
      ? []
      : [`The change alters what judges it and others after it (${shown(judges)}): look at the code too.`]),
    ...(unread.length === 0
      ? []
      : [`Nothing reads ${shown(unread)}: it is neither an environment nor checked by anything.`]),
  ];
}

function shown(paths: readonly string[]): string {
  const named = paths.slice(0, MOST_NAMED);
  const left = paths.length - named.length;
  return listed(left === 0 ? named : [...named, `${left} more`]);
}

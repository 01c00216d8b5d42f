import { problemOf } from '../parse-yaml.ts';
import { changeRule } from './policy-rule.ts';

const DIST_PATH = /^dist\/([^/]+)\/./;

export const blastRadius = changeRule({
  says: 'One pull request does not change what runs in production and in another environment.',
  needs: 'changed paths',
  label: 'blast-radius:all',
  exceptBy: [],
  options: {},
  /** By the paths alone, since a change of the generators reaches environments whose own files stay as they are. */
  evaluate: ({ production, changedPaths }) => {
    const byEnvironment = Map.groupBy(changedPaths.filter(inEnvironment), (path) => DIST_PATH.exec(path)?.[1] ?? '');
    return [...byEnvironment].flatMap(([name, paths]) => {
      const others = [...byEnvironment.keys()].filter((other) => other !== name);
      if (!production.has(name) || others.length === 0) return [];
      const message = `dist/ of ${name} changes (${files(paths.length)}) and so does that of ${others.join(' and ')}: change ${name} in a pull request of its own, after the others`;
      return [{ environment: name, problem: problemOf(paths[0] ?? '', message) }];
    });
  },
});

function inEnvironment(path: string): boolean {
  return DIST_PATH.test(path);
}

function files(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}

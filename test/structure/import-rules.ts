import { importsOf, type Import } from './imports.ts';
import { isHandWritten, isTest, type SourceFile } from './source-file.ts';

interface ImportRule {
  readonly says: string;
  readonly allows: (found: Import) => boolean;
}

const PROXY_MAY_READ_SCHEMA =
  /^environments\/schema\/(gateway-config|money|identifiers|model|price-list|providers|budget|parse-yaml|known-keys|key-format|virtual-key)\.ts$/;
const ACTION_LIBRARIES = ['azure', 'github'];

// What a file may import, by where it lies. `from` and `to` are paths from the root; packages are always fine
// but for Koa, which belongs to the pipeline alone.
const RULES: readonly ImportRule[] = [
  {
    says: 'nothing imports test/',
    allows: ({ to }) => !to.startsWith('test/'),
  },
  {
    says: 'environments/schema imports only itself and packages',
    allows: ({ from, to, isOurs }) => !inside(from, 'environments') || !isOurs || inside(to, 'environments/schema'),
  },
  {
    says: 'generators import only themselves, environments/schema and the tables of infra',
    allows: ({ from, to, isOurs }) =>
      !inside(from, 'generators') ||
      !isOurs ||
      inside(to, 'generators') ||
      inside(to, 'environments/schema') ||
      /^infra\/[a-z-]+\.json$/.test(to),
  },
  {
    says: 'proxy imports only itself and the run-time half of environments/schema',
    allows: ({ from, to, isOurs }) =>
      !inside(from, 'proxy') || !isOurs || inside(to, 'proxy') || PROXY_MAY_READ_SCHEMA.test(to),
  },
  {
    says: 'stages of proxy/pipeline do not import each other',
    allows: ({ from, to }) => !inside(from, 'proxy/pipeline') || !inside(to, 'proxy/pipeline'),
  },
  {
    says: 'proxy/limits, routing and usage know nothing of Koa',
    allows: ({ from, to }) => !/^proxy\/(limits|routing|usage)\//.test(from) || !/^koa(-|\/|$)/.test(to),
  },
  {
    says: 'an action imports itself, the two action libraries, environments/schema and generators',
    allows: ({ from, to, isOurs }) => !inside(from, '.github/actions') || !isOurs || isWithinReachOfAction(from, to),
  },
];

/** One line per import that a rule of the house forbids: who imports what, and the rule. */
export function findForbiddenImports(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => isHandWritten(path) && !isTest(path))
    .flatMap((file) => importsOf(file))
    .flatMap((found) =>
      RULES.filter((rule) => !rule.allows(found)).map((rule) => `${found.from} imports ${found.to}: ${rule.says}`),
    );
}

function isWithinReachOfAction(from: string, to: string): boolean {
  const [, , action = ''] = from.split('/');
  if (inside(to, 'environments/schema') || inside(to, `.github/actions/${action}`)) return true;
  if (ACTION_LIBRARIES.some((library) => inside(to, `.github/actions/${library}`))) return true;
  return inside(to, 'generators') && !to.endsWith('/main.ts') && !ACTION_LIBRARIES.includes(action);
}

function inside(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`);
}

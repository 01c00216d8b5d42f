import { describe, expect, test } from 'vitest';
import { readImportOptions } from '../../../generators/import/read-import-options.ts';
import { Refusal } from '../../../generators/command-line/refusal.ts';

const IMPORT = ['litellm', 'config.yaml', '--env', 'demo'];
const variable = (name: string) => (name === 'LITELLM_DB' ? 'postgres://db/litellm' : undefined);

describe('the command line of npm run import', () => {
  test.each([
    [['--env', 'demo'], 'say what to import: npm run import -- litellm config.yaml --env NAME'],
    [
      ['portkey', 'config.yaml', '--env', 'demo'],
      'cannot import "portkey", only litellm: npm run import -- litellm config.yaml --env NAME',
    ],
    [['litellm', '--env', 'demo'], 'name the file: npm run import -- litellm config.yaml --env NAME'],
    [[...IMPORT, 'other.yaml'], 'one config.yaml at a time: other.yaml is too much'],
    [[...IMPORT, '--database-url='], '--database-url is empty: write a value, or leave it out'],
    [['litellm', 'config.yaml'], '--env is missing; see --help'],
    [['litellm', 'config.yaml', '--env'], "Option '--env <value>' argument missing; see --help"],
    [
      ['litellm', 'config.yaml', '--env', '../prod'],
      '--env is "../prod": use a lower-case letter, then up to 19 letters, digits or dashes',
    ],
    [
      ['litellm', 'config.yaml', '--env', 'schema'],
      '--env is "schema": use a lower-case letter, then up to 19 letters, digits or dashes',
    ],
    [[...IMPORT, '--colour', 'red'], "Unknown option '--colour'; see --help"],
    [[...IMPORT, '--expires', 'never'], '--expires is "never": write a day such as 2027-06-30'],
    [[...IMPORT, '--database-url-env', 'NOT_SET'], 'the variable NOT_SET of --database-url-env is not set'],
    [
      [...IMPORT, '--database-url', 'postgres://db/a', '--database-url-env', 'LITELLM_DB'],
      'give --database-url or --database-url-env, not both',
    ],
  ])('refuses %j', (args, message) => {
    expect(() => readImportOptions(args, variable)).toThrow(new Refusal(message));
  });

  test.each([[[]], [['--help']], [['litellm', '-h']]])('asks for the help text: %j', (args) => {
    expect(readImportOptions(args, variable)).toBeUndefined();
  });

  test('takes the address of the database from a variable', () => {
    expect(readImportOptions([...IMPORT, '--database-url-env', 'LITELLM_DB', '--dry-run'], variable)).toEqual({
      configFile: 'config.yaml',
      environment: 'demo',
      databaseUrl: 'postgres://db/litellm',
      owner: undefined,
      expires: undefined,
      isDryRun: true,
      isForced: false,
    });
  });
});

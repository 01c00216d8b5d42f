import { describe, expect, it } from 'vitest';
import { readReconcileOptions } from '../../../generators/reconcile/read-reconcile-options.ts';

const environments = ['dev', 'prod'];

describe('npm run reconcile', () => {
  it('takes an environment, and a port other than 4000', () => {
    expect(readReconcileOptions(['--env', 'dev'], environments)).toEqual({ environment: 'dev', port: '4000' });
    expect(readReconcileOptions(['--env', 'prod', '--port', '4100'], environments)).toEqual({
      environment: 'prod',
      port: '4100',
    });
  });

  it('gives nothing where the help is asked for', () => {
    expect(readReconcileOptions(['--help'], environments)).toBeUndefined();
  });

  it.each([
    [[], '--env is missing: write one of dev, prod'],
    [['--env', 'test'], '--env test is unknown: write one of dev, prod'],
    [['--env', 'dev', '--port', 'web'], '--port web is no port: write a number such as 4000'],
    [['--watch'], "Unknown option '--watch'; npm run reconcile -- --help tells more"],
  ])('refuses %j and says what to write', (args, message) => {
    expect(() => readReconcileOptions(args, environments)).toThrow(message);
  });
});

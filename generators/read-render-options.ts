import { parseArgs } from 'node:util';
import { LOCAL_ENVIRONMENT } from '../environments/schema/check-settings.ts';
import { environmentNames } from '../environments/schema/load-environment.ts';

const HELP = `Renders environments/ into dist/, one folder for each environment but local.

  npm run render                 every environment; whatever else dist/ holds goes
  npm run render -- --env dev    one environment

With anything wrong in environments/ it says where, writes nothing and exits 1.`;

/** Reads the command line of `npm run render`. Ends the process after --help, and with 1 on a wrong option. */
export function readRenderOptions(args: string[], environmentsFolder: string): { environmentName?: string } {
  const { values, mistake } = parse(args);
  if (values.help === true) exitWith(0, HELP);
  if (mistake !== undefined) exitWith(1, `${mistake}\n\n${HELP}`);
  if (values.env === undefined) return {};
  if (values.env === '') exitWith(1, '--env is empty: write a value, or leave it out');

  const names = environmentNames(environmentsFolder).filter((name) => name !== LOCAL_ENVIRONMENT);
  if (!names.includes(values.env)) exitWith(1, `--env ${values.env}: only ${names.join(', ')} can be rendered`);
  return { environmentName: values.env };
}

function parse(args: string[]): { values: { env?: string; help?: boolean }; mistake?: string } {
  try {
    return parseArgs({ args, options: { env: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
  } catch (error) {
    return { values: {}, mistake: (error as Error).message };
  }
}

function exitWith(exitCode: 0 | 1, text: string): never {
  if (exitCode === 0) console.log(text);
  else console.error(text);
  process.exit(exitCode);
}

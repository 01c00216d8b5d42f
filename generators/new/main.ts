// `npm run new -- <what>`: an environment, a model or a team, written as people write them here.
import { Refusal } from '../command-line/refusal.ts';
import { reportRefusal } from '../command-line/report-refusal.ts';
import { newEnvironment } from './new-environment.ts';
import { newModel } from './new-model.ts';
import { newTeam } from './new-team.ts';

const HELP = `Writes something new into environments/, whole or not at all, and keeps comments and order.

  npm run new -- environment NAME   another environment, from one that exists
  npm run new -- model              a model, and the teams that may use it
  npm run new -- team               a team: who pays, for which models, and how much

Each has --help, and --dry-run shows the lines and writes nothing. For a key: npm run key -- new.`;

const VERBS: Readonly<Record<string, (args: string[]) => void>> = {
  environment: newEnvironment,
  model: newModel,
  team: newTeam,
};

function main([verb = '--help', ...args]: string[]): void {
  if (verb === '--help' || verb === '-h') {
    console.log(HELP);
    return;
  }
  const run = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (run === undefined) throw new Refusal(`nothing is made of ${verb}: use one of ${Object.keys(VERBS).join(', ')}`);
  run(args);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  reportRefusal(error, process.env);
}

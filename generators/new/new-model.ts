import { join } from 'node:path';
import type { EnvironmentFiles } from '../../environments/schema/environment-files.ts';
import { readEnvironmentFiles } from '../../environments/schema/environment-files.ts';
import type { EnvironmentSettings } from '../../environments/schema/environment-settings.ts';
import { environmentNames } from '../../environments/schema/load-environment.ts';
import { appendItem } from '../edit-yaml/edit-list.ts';
import { ENVIRONMENTS_FOLDER, openEnvironment, openTeam } from '../command-line/environments-folder.ts';
import { listOption, numberOption, readOptions, requireOption, type Options } from '../command-line/read-options.ts';
import { Refusal } from '../command-line/refusal.ts';
import { requireSound } from '../command-line/require-sound.ts';
import type { Edits } from '../save-edits.ts';
import { addDeployment, type DeploymentRequest } from './model-deployment.ts';
import { modelEntry, modelLines, type ModelRequest } from './model-entry.ts';
import { saveOrShow } from './save-or-show.ts';

const HELP = `Adds a model to an environment, and to the teams that may use it.

  npm run new -- model --env dev --name gpt-5.4-mini --model azure/gpt-5.4-mini --teams search
  npm run new -- model --env dev --name qwen --model openai/qwen3-coder --api-base https://llm.example.com/v1 \\
    --api-key os.environ/QWEN_API_KEY --price-input 0.4 --price-output 1.6

  --env NAME                   the environment, a folder of environments/
  --name NAME                  what clients send as "model"
  --model PROVIDER/MODEL       the provider, and what the upstream calls it
  --api-base URL               its address; Azure's: that of the environment's other models
  --api-key os.environ/NAME    a reference, never a key; left out: the provider's usual one
  --api-version VERSION        Azure's alone
  --price-input USD            per million tokens; models that the price list knows need none
  --price-output USD
  --mode chat|embedding
  --base-model MODEL           whose price applies, where a deployment's name says nothing
  --teams A,B                  who may use it
  --share-traffic              a further deployment of a name that exists
  --deployment-capacity N      also deploys it in the environment's own Azure OpenAI account: thousands of tokens a minute
  --deployment-version V       of the model; left out: the one that another environment deploys
  --dry-run                    writes nothing, and shows the lines`;

const TEXTS = ['env', 'name', 'model', 'api-base', 'api-key', 'api-version', 'price-input', 'price-output', 'mode'];
const MORE = ['base-model', 'teams', 'deployment-capacity', 'deployment-version'];
const FLAGS = ['share-traffic', 'dry-run'];
const OPTIONS = {
  ...Object.fromEntries([...TEXTS, ...MORE].map((name) => [name, { type: 'string' as const }])),
  ...Object.fromEntries(FLAGS.map((name) => [name, { type: 'boolean' as const }])),
};

/** What is to be added to an environment, and to whom. */
export interface NewModel {
  readonly request: ModelRequest;
  readonly teams: readonly string[];
  /** Whether the name may exist already. */
  readonly sharesTraffic: boolean;
  readonly deployment?: DeploymentRequest | undefined;
}

/** `npm run new -- model`. Throws a Refusal. */
export function newModel(args: string[]): void {
  const options = readOptions(args, OPTIONS, HELP);
  if (options === undefined) return;
  const environment = openEnvironment(requireOption(options, 'env'));
  const wanted = readWanted(options);
  const edits = addModel(environment, wanted, knownDeployments());
  if (!saveOrShow(edits, options['dry-run'] === true)) return;
  console.log(`Model ${wanted.request.name} is in ${[...edits.keys()].join(', ')}. Next: npm run render`);
  if (wanted.teams.length === 0) console.log('No team may use it yet: name it in models of keys/<team>.yaml.');
}

/** The edits that add a model, which nothing has checked together yet. Throws a Refusal. */
export function addModel(
  environment: EnvironmentFiles,
  { request, teams, sharesTraffic, deployment }: NewModel,
  known: readonly EnvironmentSettings['openai']['deployments'][number][] = [],
): Edits {
  const { models, settings } = environment;
  requireSound(models);
  requireSound(settings);
  const present = models.value ?? { model_list: [] };
  const entry = modelEntry(request, present);
  const index = present.model_list.findIndex(({ model_name: name }) => name === request.name);
  if (index >= 0 && !sharesTraffic) {
    const problem = models.locate(['model_list', index], `model ${request.name} exists already`);
    throw new Refusal(
      `model ${request.name} exists already (${problem.file}:${problem.line}): choose another name, or let both serve it with --share-traffic`,
      { problems: [problem] },
    );
  }
  const edits = new Map([[models.file, appendItem(models.text, ['model_list'], entry, modelLines(entry))]]);
  if (deployment !== undefined) edits.set(settings.file, addDeployment(environment, entry, deployment, known));
  for (const alias of new Set(teams)) {
    const team = openTeam(environment, alias);
    requireSound(team);
    if (team.value?.models.includes(request.name) === true) continue;
    edits.set(team.file, appendItem(team.text, ['models'], request.name));
  }
  return edits;
}

function readWanted(options: Options): NewModel {
  const text = (name: string) => (typeof options[name] === 'string' ? options[name] : undefined);
  const capacity = numberOption(options, 'deployment-capacity');
  return {
    request: {
      name: requireOption(options, 'name'),
      model: requireOption(options, 'model'),
      apiBase: text('api-base'),
      apiKey: text('api-key'),
      apiVersion: text('api-version'),
      inputPrice: numberOption(options, 'price-input'),
      outputPrice: numberOption(options, 'price-output'),
      mode: text('mode'),
      baseModel: text('base-model'),
    },
    teams: listOption(options, 'teams') ?? [],
    sharesTraffic: options['share-traffic'] === true,
    ...(capacity !== undefined && { deployment: { capacity, version: text('deployment-version') } }),
  };
}

function knownDeployments(): EnvironmentSettings['openai']['deployments'] {
  return environmentNames(ENVIRONMENTS_FOLDER).flatMap(
    (name) => readEnvironmentFiles(join(ENVIRONMENTS_FOLDER, name)).settings.value?.openai.deployments ?? [],
  );
}

import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Model } from '../../environments/schema/model.ts';
import type { RenderedConfig } from '../resolve-gateway-config.ts';
import { DEMO_TEAM } from './add-demo-key.ts';
import type { LocalConfig } from './resolve-local-config.ts';

export interface BannerParts extends LocalConfig {
  readonly address: string;
  readonly demoKey: string;
  /** Of the environment. */
  readonly folder: string;
  readonly stateFolder: string;
  /** How a change comes to the gateway; by default, by an edit. */
  readonly advice?: string;
  /** How a terminal shows a title. */
  readonly emphasize: (text: string) => string;
}

/** What a person wants to know when the gateway has begun to serve. */
export function makeBanner(parts: BannerParts): string {
  const { address, demoKey, config, leftOut, folder, emphasize } = parts;
  const advice = parts.advice ?? `Edit ${relative(process.cwd(), folder)}: the gateway follows.`;
  const models = demoModels(config);
  const rows = [
    ['Address', `${address}/v1`],
    ['Key', demoKey],
    ['Models', [...new Set(models.map((model) => model.model_name))].join(', ')],
    ...leftOut.map(({ name, missing }) => ['', `${name} joins when you set ${missing.join(' and ')}`]),
    ...whereAllLies(parts),
  ];
  const lines = rows.map(([title = '', text = '']) => `  ${emphasize(title.padEnd(9))} ${text}`);
  const end = [`  ${advice} Ctrl-C stops it.`, ''];
  return ['', emphasize('Tollgate is running'), '', ...lines, '', ...tryIt(address, demoKey, models), ...end].join(
    '\n',
  );
}

/** The models that the demo key may use. */
function demoModels({ model_list, teams }: RenderedConfig): Model[] {
  const allowed = teams?.find((team) => team.team_id === DEMO_TEAM)?.models;
  return (model_list ?? []).filter((model) => allowed?.includes(model.model_name) ?? true);
}

function tryIt(address: string, demoKey: string, models: readonly Model[]): string[] {
  const model = models.find(({ model_info }) => model_info?.mode !== 'embedding')?.model_name;
  if (model === undefined) return [];
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] });
  const headers = `-H 'Authorization: Bearer ${demoKey}' -H 'Content-Type: application/json'`;
  return [`curl ${address}/v1/chat/completions ${headers} -d '${body}'`, ''];
}

function whereAllLies({ config, stateFolder }: BannerParts): string[][] {
  const rows = [['Kept in', stateFolder]];
  if (config.general_settings?.database_url !== 'embedded') return rows;
  const postgres = join(stateFolder, 'postgres');
  // Written by the embedded Postgres where its account cannot enter the folder.
  const place = join(postgres, 'place');
  if (existsSync(place)) rows.push(['', `${readFileSync(place, 'utf8').trim()} (the database)`]);
  return [...rows, ['Database', `psql "$(cat ${join(postgres, 'url')})"`]];
}

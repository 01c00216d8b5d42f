// `npm run schema`: what editors check the authored files with, made from the one schema that judges them.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { EnvironmentSettings } from '../environments/schema/environment-settings.ts';
import { GatewayConfig } from '../environments/schema/gateway-config.ts';
import { Models } from '../environments/schema/model.ts';
import { Policy } from '../environments/schema/policy.ts';
import { Release } from '../environments/schema/release.ts';
import { Team } from '../environments/schema/team.ts';

const HELP = `Writes the JSON Schemas that editors use into environments/schema/.

  npm run schema
  npm run schema -- --check   writes nothing; exits 1 when a file is out of step`;

const FOLDER = join('environments', 'schema');

const SCHEMAS: Readonly<Record<string, { title: string; schema: z.ZodType }>> = {
  'environment.json': { title: 'environments/<name>/environment.yaml', schema: EnvironmentSettings },
  'gateway-config.json': { title: 'The rendered config.yaml of the gateway', schema: GatewayConfig },
  'models.json': { title: 'environments/<name>/models.yaml', schema: Models },
  'policy.json': { title: 'environments/policy.yaml', schema: Policy },
  'release.json': { title: 'environments/<name>/release.yaml', schema: Release },
  'team.json': { title: 'environments/<name>/keys/<team>.yaml', schema: Team },
};

/** The text of each JSON Schema by its file name. The same zod schemas give the same bytes. */
export function renderJsonSchemas(): ReadonlyMap<string, string> {
  return new Map(Object.entries(SCHEMAS).map(([name, { title, schema }]) => [name, toText(title, schema)]));
}

/** The paths of JSON Schemas below `root` that are not what the zod schemas say. */
export function staleJsonSchemas(root: string): string[] {
  return [...renderJsonSchemas()].flatMap(([name, text]) => {
    const path = join(root, FOLDER, name);
    return existsSync(path) && readFileSync(path, 'utf8') === text ? [] : [join(FOLDER, name)];
  });
}

/** Draft 7, which the YAML language server knows best; `input`, since a field with a default may be left out. */
function toText(title: string, schema: z.ZodType): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}

function main(args: string[]): void {
  const { check, help } = readOptions(args);
  if (help === true) return console.log(HELP);
  const root = join(import.meta.dirname, '..');
  const stale = staleJsonSchemas(root);
  if (check !== true) {
    for (const [name, text] of renderJsonSchemas()) writeFileSync(join(root, FOLDER, name), text);
    return console.log(stale.length === 0 ? 'nothing to write' : `wrote ${stale.join(', ')}`);
  }
  if (stale.length === 0) return console.log('the JSON Schemas are in step');
  console.error(`out of step with the zod schemas: ${stale.join(', ')}\nrun: npm run schema`);
  process.exitCode = 1;
}

function readOptions(args: string[]): { check?: boolean; help?: boolean } {
  try {
    return parseArgs({ args, options: { check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    return process.exit(1);
  }
}

if (import.meta.main) main(process.argv.slice(2));

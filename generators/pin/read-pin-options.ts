import { parseArgs } from 'node:util';
import { LOCAL_ENVIRONMENT } from '../../environments/schema/check-settings.ts';
import { environmentNames } from '../../environments/schema/load-environment.ts';
import { CHARTS, IMAGES } from '../../environments/schema/artifacts.ts';
import { ENVIRONMENTS_FOLDER } from '../command-line/environments-folder.ts';
import { mistakeOf } from '../command-line/mistake-of.ts';
import { Refusal } from '../command-line/refusal.ts';
import { refuseEmpty } from '../command-line/refuse-empty.ts';
import { registryAddress } from './registry-address.ts';
import type { RegistryMapping } from './resolve-pin.ts';

const HELP = `Asks the registries for the digest of every version in release.yaml, and writes it there.

  npm run pin                          every environment but local
  npm run pin -- --env dev             one environment
  npm run pin -- --only argocd         one artifact; images.argocd or charts.argocd where there are both
  npm run pin -- --check               writes nothing; exits 1 where a pin is not what the registry says now

  --registry https://mirror.example.com           asks this registry in place of every other
  --registry quay.io=https://mirror.example.com   in place of one; may be repeated

A registry that asks for it gets what docker login left in ~/.docker/config.json (or $DOCKER_CONFIG). What cannot be
resolved is told and stays as it is; the rest is written, and the command exits 1.`;

export interface PinOptions {
  readonly environments: readonly string[];
  /** Such as `argocd` or `charts.argocd`; empty for all. */
  readonly only: readonly string[];
  readonly check: boolean;
  readonly mapping: RegistryMapping;
}

/** The command line; undefined after it has printed the help that was asked for. Throws a Refusal. */
export function readPinOptions(args: string[]): PinOptions | undefined {
  const values = parse(args);
  if (values.help === true) {
    console.log(HELP);
    return undefined;
  }
  refuseEmpty(values);
  const { env, only = [], check = false, registry = [] } = values;
  const names = environmentNames(ENVIRONMENTS_FOLDER).filter((name) => name !== LOCAL_ENVIRONMENT);
  if (env !== undefined && !names.includes(env))
    throw new Refusal(`--env ${env}: only ${names.join(', ')} can be pinned`);
  const unknown = only.find((key) => !KEYS.includes(key));
  if (unknown !== undefined) throw new Refusal(`--only ${unknown}: use one of ${KEYS.join(', ')}`);
  return { environments: env === undefined ? names : [env], only, check, mapping: readMapping(registry) };
}

const ARTIFACTS = {
  images: ['gateway', ...Object.keys(IMAGES)],
  charts: Object.keys(CHARTS),
};
const KEYS = [
  ...new Set([...ARTIFACTS.images, ...ARTIFACTS.charts]),
  ...Object.entries(ARTIFACTS).flatMap(([kind, keys]) => keys.map((key) => `${kind}.${key}`)),
];

function readMapping(options: readonly string[]): RegistryMapping {
  return new Map(
    options.map((option) => {
      const [, name = '*', address = ''] = /^(?:([^=/]+)=)?(https?:\/\/\S+)$/.exec(option) ?? [];
      if (address === '')
        throw new Refusal(
          `--registry ${option}: write https://mirror.example.com, or quay.io=https://mirror.example.com`,
        );
      registryAddress(address);
      return [name, address] as const;
    }),
  );
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        env: { type: 'string' },
        only: { type: 'string', multiple: true },
        check: { type: 'boolean' },
        registry: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw mistakeOf(error);
  }
}

import { expect, it } from 'vitest';
import { GatewayConfig } from '../../environments/schema/gateway-config.ts';
import { formatProblem, parseYaml } from '../../environments/schema/parse-yaml.ts';
import { contentHash } from '../../generators/content-hash.ts';
import { readCommittedManifests } from './manifests.ts';

const configMaps = readCommittedManifests().filter(({ object }) => object.metadata.name === 'gateway-config');

it.each(configMaps)(
  'the gateway accepts the config.yaml in $path, which carries the hash of its content',
  ({ object }) => {
    const text = (object['data'] as Record<string, string>)['config.yaml'] ?? '';

    const parsed = parseYaml(text, 'config.yaml', GatewayConfig);

    expect(parsed.problems.map(formatProblem)).toEqual([]);
    const { revision, ...content } = parsed.value ?? {};
    expect(revision).toBe(contentHash(content).slice(0, 12));
  },
);

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemOf, type Problem } from '../../environments/schema/parse-yaml.ts';
import type { BicepProcess } from './bicep-process.ts';
import { TEMPLATES } from './compile-templates.ts';
import type { Infrastructure } from './infra-parameters.ts';
import { parameterFile } from './parameter-file.ts';
import { orderResources, type PredictedResource } from './predicted-resources.ts';

export interface EnvironmentResources {
  readonly resources: readonly PredictedResource[];
  readonly problems: readonly Problem[];
}

/**
 * Every resource that the templates would create for one environment, or what the compiler says against it. `scratch`
 * holds the compiled templates. Throws where the compiler itself fails.
 */
export async function evaluateEnvironment(
  bicep: BicepProcess,
  infrastructure: Infrastructure,
  scratch: string,
): Promise<EnvironmentResources> {
  const parts = await Promise.all(TEMPLATES.map((name) => evaluateTemplate(bicep, infrastructure, scratch, name)));
  return {
    resources: orderResources(parts.flatMap(({ resources }) => resources)),
    problems: parts.flatMap(({ problems }) => problems),
  };
}

async function evaluateTemplate(
  bicep: BicepProcess,
  { environment, subscriptionId, parameters }: Infrastructure,
  scratch: string,
  name: (typeof TEMPLATES)[number],
): Promise<{ resources: readonly Readonly<Record<string, unknown>>[]; problems: Problem[] }> {
  const refuse = (message: string): Problem =>
    problemOf(`infra/${name}.bicep`, `with the parameters of ${environment}: ${message}`);
  const path = join(scratch, `${environment}.${name}.bicepparam`);
  writeFileSync(path, parameterFile(`./${name}.json`, { [name]: parameters[name] }));
  const diagnostics = await bicep.diagnose(path);
  if (diagnostics.length > 0)
    return { resources: [], problems: diagnostics.map(({ code, message }) => refuse(`${message} (${code})`)) };
  try {
    const snapshot = await bicep.snapshot(path, { subscriptionId, location: parameters.core.location });
    const problems = snapshot.diagnostics.map((diagnostic) => refuse(JSON.stringify(diagnostic)));
    return { resources: snapshot.predictedResources, problems };
  } catch (error) {
    return { resources: [], problems: [refuse((error as Error).message)] };
  }
}

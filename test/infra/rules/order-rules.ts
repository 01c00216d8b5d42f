import type { CompiledRule } from './rule.ts';
import { isBefore, stepsOf, withCallers, type CompiledTemplate, type Step } from './compiled-steps.ts';
import { pointersOf, type Pointer } from './pointers.ts';

/** Services that take one change at a time, and identities, which take one credential at a time. */
const ONE_AT_A_TIME = [
  'Microsoft.Cache/redisEnterprise',
  'Microsoft.CognitiveServices/accounts',
  'Microsoft.DBforPostgreSQL/flexibleServers',
  'Microsoft.ManagedIdentity/userAssignedIdentities',
];

export const ORDER_RULES: readonly CompiledRule[] = [
  {
    title: 'whatever is pointed at is made before, in every environment',
    reason: 'What is only looked up is waited for by nobody, and who waits for what is not there waits for nothing.',
    find: (main) => findInSteps(main, findUnordered),
  },
  {
    title: 'what Azure takes one at a time is written in series',
    reason: 'Two at once end in 409 RequestConflict, or worse, in a server that is busy for good.',
    find: (main) => findInSteps(main, findParallel),
  },
  {
    title: 'endpoints wait for all that is written to their service',
    reason: 'An account that works on a model, or a server that is busy, takes no endpoint.',
    find: (main) => findInSteps(main, findHastyEndpoint),
  },
];

type Steps = ReadonlyMap<string, Step>;

function findInSteps(main: CompiledTemplate, find: (step: Step, steps: Steps) => string[]): string[] {
  const steps = new Map(stepsOf(main).map((step) => [step.path, step]));
  return [...steps.values()].filter(({ resource }) => resource.existing !== true).flatMap((step) => find(step, steps));
}

function findUnordered(step: Step, steps: Steps): string[] {
  const own = withCallers(step);
  return pointersOf(step, steps)
    .map((pointer) => ({ pointer, makers: makersOf(pointer, steps) }))
    .filter(({ makers }) => makers.length > 0 && !makers.some((maker) => own.includes(maker)))
    .filter(({ makers }) => !makers.some((maker) => isBefore(maker, step, steps)))
    .map(({ pointer: { type, key }, makers }) => {
      const where = makers.map(({ path }) => path).join(' or ');
      return `${step.path} does not wait for ${type} ${key}, which ${where} makes`;
    });
}

function makersOf({ type, key }: Pointer, steps: Steps): Step[] {
  return [...steps.values()].filter(
    ({ resource, name }) =>
      resource.existing !== true &&
      resource.type === type &&
      (key === '' ? !name.includes('.names.') : name.includes(key)),
  );
}

function findParallel(step: Step, steps: Steps): string[] {
  const family = familyOf(step);
  if (family === undefined) return [];
  const { copy } = step.resource;
  const inLoop =
    copy === undefined || (copy.mode === 'serial' && copy.batchSize === 1) || step.resource.type === family
      ? []
      : [`${step.path} needs @batchSize(1)`];
  const besides = siblingsOf(step, steps)
    .filter((other) => other.resource.type !== family && step.resource.type !== family)
    .filter((other) => other.path < step.path && familyOf(other) === family)
    .filter((other) => !isBefore(other, step, steps) && !isBefore(step, other, steps))
    .map((other) => `${step.path} is written beside ${other.path}`);
  return [...inLoop, ...besides];
}

function findHastyEndpoint(step: Step, steps: Steps): string[] {
  const isCall = [...steps.values()].some(
    ({ resource, parent }) => resource.type === 'Microsoft.Network/privateEndpoints' && parent === step,
  );
  if (!isCall) return [];
  return siblingsOf(step, steps)
    .filter((other) => familyOf(other) !== undefined && !isBefore(other, step, steps))
    .map((other) => `${step.path} does not wait for ${other.path}`);
}

/** The others of its template that make something. */
function siblingsOf(step: Step, steps: Steps): Step[] {
  return [...steps.values()].filter(
    (other) => other.parent === step.parent && other !== step && other.resource.existing !== true,
  );
}

function familyOf({ resource }: Step): string | undefined {
  return ONE_AT_A_TIME.find((type) => resource.type === type || resource.type.startsWith(`${type}/`));
}

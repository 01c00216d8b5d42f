import type { ModelDeployment } from '../config/model-routes.ts';

/**
 * Weighted random choice, LiteLLM's simple-shuffle, among the deployments that this request has not tried; when all
 * were tried, among all. `random` gives numbers from 0 to below 1.
 */
export function chooseDeployment(
  deployments: readonly ModelDeployment[],
  tried: ReadonlySet<ModelDeployment>,
  random: () => number,
): ModelDeployment {
  const first = deployments[0];
  if (first === undefined) throw new RangeError('a model has at least one deployment');
  if (deployments.length === 1) return first;
  const untried = deployments.filter((deployment) => !tried.has(deployment));
  const candidates = untried.length === 0 ? deployments : untried;
  const total = candidates.reduce((sum, { weight }) => sum + weight, 0);
  let point = random() * total;
  for (const candidate of candidates) {
    point -= candidate.weight;
    if (point < 0) return candidate;
  }
  return candidates.at(-1) ?? first;
}

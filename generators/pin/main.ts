// `npm run pin`: every version in release.yaml gets the digest that its registry gives. None is ever made up.
import { openEnvironment } from '../command-line/environments-folder.ts';
import { Refusal } from '../command-line/refusal.ts';
import { reportRefusal } from '../command-line/report-refusal.ts';
import { ArtifactFailure } from './artifact-failure.ts';
import { readDockerCredentials } from './docker-credentials.ts';
import { pinEnvironment } from './pin-environment.ts';
import { readPinOptions } from './read-pin-options.ts';
import { registryClient } from './registry-client.ts';

async function main(args: string[]): Promise<void> {
  const options = readPinOptions(args);
  if (options === undefined) return;
  const client = registryClient(readDockerCredentials(process.env));
  let [asked, changed, failed] = [0, 0, 0];
  for (const name of options.environments) {
    const outcome = await pinEnvironment(openEnvironment(name), options, client);
    asked += outcome.asked;
    changed += outcome.changed;
    failed += outcome.failed;
  }
  if (asked === 0) throw new Refusal(`--only ${options.only.join(', ')}: no release.yaml has that pin`);
  console.log(summary(changed, failed, options.check));
  if (failed > 0 || (options.check && changed > 0)) process.exitCode = 1;
}

function summary(changed: number, failed: number, isCheck: boolean): string {
  const failures = failed === 0 ? '' : `, ${failed} could not be resolved and stay as they are`;
  if (isCheck) return `${changed} differ from what the registries say${failures}`;
  return `${changed} written${failures}${changed === 0 ? '' : '; next: npm run render'}`;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refusal) && !(error instanceof ArtifactFailure)) throw error;
  reportRefusal(error, process.env);
}

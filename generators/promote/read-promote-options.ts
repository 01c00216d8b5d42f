import { LOCAL_ENVIRONMENT } from '../../environments/schema/check-settings.ts';
import { readOptions, requireOption } from '../command-line/read-options.ts';
import { Refusal } from '../command-line/refusal.ts';

const HELP = `Moves what one environment runs to another: versions, digests and commits of release.yaml. Prints the pins before
and after, and the commits between.

  npm run promote -- --from dev --to prod
  npm run promote -- --from dev --to prod --only gateway   one artifact; images.argocd or charts.argocd where there are both

  --only PIN       may be repeated
  --dry-run        writes nothing, and shows the lines that would change
  --allow-older    goes back to an image of older commits`;

export interface PromoteOptions {
  readonly from: string;
  readonly to: string;
  readonly only: readonly string[];
  readonly isDryRun: boolean;
  readonly allowsOlder: boolean;
}

/** The command line; undefined after it has printed the help that was asked for. Throws a Refusal. */
export function readPromoteOptions(args: string[]): PromoteOptions | undefined {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const config = { from: text, to: text, only: { ...text, multiple: true }, 'dry-run': flag, 'allow-older': flag };
  const options = readOptions(args, config, HELP);
  if (options === undefined) return undefined;
  const [from, to] = [requireOption(options, 'from'), requireOption(options, 'to')];
  if (from === to) throw new Refusal(`--from and --to are both ${from}: name two environments`);
  if (from === LOCAL_ENVIRONMENT || to === LOCAL_ENVIRONMENT)
    throw new Refusal(`${LOCAL_ENVIRONMENT} runs the work tree and no image: name two other environments`);
  // A workflow passes what nobody filled in as an empty text.
  const only = Array.isArray(options['only']) ? options['only'].map(String).filter((pin) => pin !== '') : [];
  return { from, to, only, isDryRun: options['dry-run'] === true, allowsOlder: options['allow-older'] === true };
}

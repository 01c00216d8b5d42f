// `npm run promote`: what one environment runs, another runs after the merge.
import { openEnvironment } from '../command-line/environments-folder.ts';
import { Refusal } from '../command-line/refusal.ts';
import { reportRefusal } from '../command-line/report-refusal.ts';
import { printDiff } from '../print-diff.ts';
import { checkEdits, saveEdits } from '../save-edits.ts';
import { commitRange, refuseOlder } from './commit-range.ts';
import { describeMoves, describeRange } from './describe-promotion.ts';
import { promoteRelease } from './promote-release.ts';
import { readPromoteOptions } from './read-promote-options.ts';

function main(args: string[]): void {
  const options = readPromoteOptions(args);
  if (options === undefined) return;
  const { from, to } = options;
  const [source, target] = [openEnvironment(from).release, openEnvironment(to).release];
  const promotion = promoteRelease(
    { environment: from, text: source.text },
    { environment: to, text: target.text },
    options.only,
  );
  if (promotion.absent.length > 0) console.log(`Not in ${to}, and left out: ${promotion.absent.join(', ')}`);
  if (promotion.moves.length === 0) {
    console.log(`Nothing changes: ${to} runs what ${from} runs.`);
    return;
  }
  const range = commitRange(promotion.moves, process.cwd());
  if (!options.allowsOlder) refuseOlder(range, to);
  console.log(describeMoves(promotion.moves));
  if (range !== undefined) console.log(`\n${describeRange(range)}`);
  const edits = new Map([[target.file, promotion.text]]);
  if (options.isDryRun) {
    checkEdits(edits);
    printDiff(new Map([[target.file, target.text]]), edits);
    return;
  }
  saveEdits(edits);
  console.log(`\n${target.file} is written; next: npm run render`);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  reportRefusal(error, process.env);
}

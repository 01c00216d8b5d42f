import { getInput, info, setFailed, setOutput, setSecret, warning } from '@actions/core';
import { connectToGitHub } from '../github/connect-to-github.ts';
import { describeFailure } from '../github/describe-failure.ts';
import { readRunContext } from '../github/read-run-context.ts';
import { fetchCommit } from './fetch-commit.ts';
import { readPullRequest } from './read-pull-request.ts';
import { run } from './run.ts';

try {
  const context = readRunContext();
  const token = getInput('token', { required: true });
  const head = getInput('head', { required: true });
  const [spendUrl, spendOf] = [getInput('spend-url'), getInput('spend-of')];
  if (spendUrl !== '') setSecret(spendUrl);
  // Steps run in the folder that the base was checked out into.
  const root = process.cwd();
  await fetchCommit({ root, commit: head, token, variables: process.env, ...context });
  const { comment, verdict } = await run({
    github: connectToGitHub({ ...context, token }),
    root,
    base: getInput('base', { required: true }),
    head,
    pullRequest: readPullRequest(context),
    runUrl: context.runUrl,
    now: new Date(),
    ...(spendUrl !== '' && { spend: { url: spendUrl, of: spendOf === '' ? undefined : spendOf } }),
  });
  setOutput('comment', comment);
  info(`comment: ${comment}`);
  if (verdict.level === 'warning') warning(verdict.text);
  if (verdict.level === 'failure') throw new Error(verdict.text);
} catch (error) {
  setFailed(describeFailure(error));
}

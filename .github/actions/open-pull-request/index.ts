import { readFileSync } from 'node:fs';
import { getInput, info, setFailed, setOutput } from '@actions/core';
import { connectToGitHub } from '../github/connect-to-github.ts';
import { describeFailure } from '../github/describe-failure.ts';
import { readRunContext } from '../github/read-run-context.ts';
import { run } from './run.ts';

try {
  const context = readRunContext();
  const token = getInput('token', { required: true });
  const opened = await run({
    github: connectToGitHub({ ...context, token }),
    folder: getInput('folder', { required: true }),
    base: getInput('base', { required: true }),
    baseCommit: getInput('base-commit', { required: true }),
    branch: getInput('branch', { required: true }),
    title: getInput('title', { required: true }),
    body: readFileSync(getInput('body-file', { required: true }), 'utf8'),
    runUrl: context.runUrl,
  });
  setOutput('number', opened?.number ?? '');
  info(opened === undefined ? 'there is nothing to change' : `pull request ${opened.number} is ${opened.outcome}`);
} catch (error) {
  setFailed(describeFailure(error));
}

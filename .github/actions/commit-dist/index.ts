import { getInput, info, setFailed, setOutput } from '@actions/core';
import { connectToGitHub } from '../github/connect-to-github.ts';
import { describeFailure } from '../github/describe-failure.ts';
import { readRunContext } from '../github/read-run-context.ts';
import { run } from './run.ts';

try {
  const context = readRunContext();
  const token = getInput('token', { required: true });
  const { commit, files } = await run({
    github: connectToGitHub({ ...context, token }),
    folder: getInput('folder', { required: true }),
    branch: getInput('branch', { required: true }),
    expectedHead: getInput('expected-head', { required: true }),
    runUrl: context.runUrl,
  });
  setOutput('commit', commit ?? '');
  info(commit === undefined ? 'dist/ is in step' : `${commit} brings ${files} files of dist/ in step`);
} catch (error) {
  setFailed(describeFailure(error));
}

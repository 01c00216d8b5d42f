// `npm run render`: environments/ becomes dist/. What lies between load and write is listed in render.ts; of Azure's
// resources the Bicep compiler tells, by infra/.
import { join } from 'node:path';
import { evaluateInfrastructure } from './infrastructure/evaluate-infrastructure.ts';
import { readRenderOptions } from './read-render-options.ts';
import { render } from './render.ts';
import { reportProblems } from './report-problems.ts';
import { writeDist } from './write-dist.ts';

const root = join(import.meta.dirname, '..');

const { environmentName } = readRenderOptions(process.argv.slice(2), join(root, 'environments'));
const { files, infrastructure, problems } = render(root, new Date());
reportProblems(problems);
const evaluation = await evaluateInfrastructure({ root, infrastructure, environmentName, variables: process.env });
reportProblems(evaluation.problems);
writeDist(join(root, 'dist'), new Map([...files, ...evaluation.files]), environmentName);
console.log('dist/ is rendered');

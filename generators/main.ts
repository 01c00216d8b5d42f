// `npm run render`: environments/ becomes dist/. What lies between load and write is listed in render.ts.
import { join } from 'node:path';
import { readRenderOptions } from './read-render-options.ts';
import { render } from './render.ts';
import { reportProblems } from './report-problems.ts';
import { writeDist } from './write-dist.ts';

const root = join(import.meta.dirname, '..');

const { environmentName } = readRenderOptions(process.argv.slice(2), join(root, 'environments'));
const { files, problems } = render(root, new Date());
reportProblems(problems);
writeDist(join(root, 'dist'), files, environmentName);
console.log('dist/ is rendered');

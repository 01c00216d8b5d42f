import { join } from 'node:path';
import { environmentNames, loadEnvironment } from '../../environments/schema/load-environment.ts';
import { renderEnvironments, type Rendering } from '../../generators/render.ts';

const FOLDER = join(import.meta.dirname, '../../environments');

// A key that has ended since the last commit is for `npm run check` to tell, so no key has ended here.
const LONG_AGO = new Date(0);

/** What environments/ renders to. Throws where one of them cannot be loaded. */
export function renderAuthored(): Rendering {
  const loaded = environmentNames(FOLDER).map((name) => loadEnvironment(join(FOLDER, name), { now: LONG_AGO }));
  const broken = loaded.find(({ environment }) => environment === undefined);
  if (broken !== undefined)
    throw new Error(broken.problems.map(({ file, message }) => `${file}: ${message}`).join('\n'));
  return renderEnvironments(loaded.flatMap(({ environment }) => environment ?? []));
}

import { valueAt, type Path } from '../value-at.ts';
import { changeRule, type EnvironmentSides, type Violation } from './policy-rule.ts';

const BECAUSE = {
  everything: 'every resource would be another one, and empty',
  network: 'a network that is in use cannot move',
  server: 'the database server would be made anew, and empty',
  smaller: 'it never shrinks',
  oneWay: 'it cannot be switched off again',
  followed: 'whoever may write there would decide what Argo CD runs here, without a review in this repository',
} as const;

/** What is chosen once, and the changes of it that do no harm. */
const FIXED: readonly {
  path: Path;
  because: string;
  isAllowed?: (before: unknown, after: unknown) => boolean;
}[] = [
  { path: ['name_suffix'], because: BECAUSE.everything },
  { path: ['location'], because: BECAUSE.everything },
  { path: ['subscription_id'], because: BECAUSE.everything, isAllowed: (before) => before === 'unset' },
  { path: ['repository', 'url'], because: BECAUSE.followed },
  { path: ['repository', 'branch'], because: BECAUSE.followed },
  { path: ['network', 'address_space'], because: BECAUSE.network },
  { path: ['postgres', 'geo_redundant_backup'], because: BECAUSE.server },
  {
    path: ['postgres', 'storage_gb'],
    because: BECAUSE.smaller,
    isAllowed: (before, after) => Number(after) > Number(before),
  },
  { path: ['redis', 'high_availability'], because: BECAUSE.oneWay, isAllowed: (before) => before === false },
  { path: ['key_vault', 'purge_protection'], because: BECAUSE.oneWay, isAllowed: (before) => before === false },
];

export const fixedSettings = changeRule({
  says: 'What is chosen once stays as it is: name_suffix, location, address_space, storage that shrinks, the repository and branch that Argo CD reads.',
  needs: 'base',
  label: 'recreate',
  exceptBy: [],
  options: {},
  evaluate: ({ environments }) => environments.flatMap(compare),
});

function compare({ name, base, head }: EnvironmentSides): Violation[] {
  const [before, after] = [base?.settings.value, head?.settings.value];
  if (before === undefined || after === undefined) return [];
  return FIXED.flatMap(({ path, because, isAllowed = () => false }) => {
    const [old, now] = [valueAt(before, path), valueAt(after, path)];
    if (old === now || isAllowed(old, now)) return [];
    const message = `${String(path.at(-1))} changes from ${String(old)} to ${String(now)}: ${because}`;
    return head === undefined ? [] : [{ environment: name, problem: head.settings.locate(path, message) }];
  });
}

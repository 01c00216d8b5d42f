import type { EnvironmentSettings } from './environment-settings.ts';
import type { Models } from './model.ts';
import type { Release } from './release.ts';
import type { Team } from './team.ts';

/** One environment as its folder declares it, checked as a whole. `load-environment.ts` makes it. */
export interface Environment {
  readonly name: string;
  readonly settings: EnvironmentSettings;
  readonly release: Release;
  readonly models: Models;
  readonly teams: readonly Team[];
}

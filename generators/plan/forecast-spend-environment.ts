import type { Environment } from '../../environments/schema/environment.ts';
import type { SideEnvironment } from './load-side.ts';

/** The environment that files declare; undefined where one of them has an error or there are none. */
export function declaredEnvironment(side: SideEnvironment | undefined): Environment | undefined {
  if (side === undefined) return undefined;
  const { name, settings, release, models, teams } = side.files;
  const values = teams.flatMap(({ value }) => value ?? []);
  if (settings.value === undefined || release.value === undefined || models.value === undefined) return undefined;
  if (values.length < teams.length) return undefined;
  return { name, settings: settings.value, release: release.value, models: models.value, teams: values };
}

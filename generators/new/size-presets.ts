import { isDeepStrictEqual } from 'node:util';
import { valueAt } from '../../environments/schema/value-at.ts';
import type { EnvironmentSettings } from '../../environments/schema/environment-settings.ts';
import type { SettingEdit } from './setting-edit.ts';

const NODES = 'Standard_D4ds_v5';

/** What `--size` decides; all else of the environment that is copied stays. */
export const SIZES: Readonly<Record<string, readonly SettingEdit[]>> = {
  /** Cheap, and gone for minutes when a node or a server is. */
  small: flatten({
    cluster: {
      zones: [],
      system_pool: { vm_size: NODES, min: 2, max: 3 },
      user_pool: { vm_size: NODES, min: 2, max: 4 },
    },
    postgres: { sku: 'Standard_D2ds_v5', storage_gb: 64, high_availability: 'disabled', backup_days: 7 },
    redis: { sku: 'Balanced_B1', high_availability: false },
  }),
  /** Outlives the loss of a zone. */
  production: flatten({
    cluster: {
      zones: [1, 2, 3],
      system_pool: { vm_size: NODES, min: 3, max: 6 },
      user_pool: { vm_size: 'Standard_D8ds_v5', min: 3, max: 12 },
    },
    postgres: { sku: NODES, storage_gb: 256, high_availability: 'zone_redundant', backup_days: 35 },
    redis: { sku: 'Balanced_B10', high_availability: true },
  }),
};

/** The values of a size that the settings do not have already. */
export function sizeEdits(size: string, settings: EnvironmentSettings): SettingEdit[] {
  const edits = SIZES[size] ?? [];
  return edits.filter(({ path, value }) => !isDeepStrictEqual(valueAt(settings, path), value));
}

function flatten(value: unknown, path: readonly string[] = []): SettingEdit[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{ path, value }];
  return Object.entries(value).flatMap(([key, field]) => flatten(field, [...path, key]));
}

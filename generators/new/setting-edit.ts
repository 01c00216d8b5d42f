/** A new value at a place of environment.yaml. */
export interface SettingEdit {
  readonly path: readonly string[];
  readonly value: unknown;
}

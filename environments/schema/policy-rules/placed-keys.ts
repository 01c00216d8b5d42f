import type { EnvironmentFiles } from '../environment-files.ts';
import type { ParsedFile } from '../parse-yaml.ts';
import type { Team } from '../team.ts';
import type { VirtualKey } from '../virtual-key.ts';

export interface PlacedKey {
  readonly file: ParsedFile<Team>;
  readonly team: string;
  readonly key: VirtualKey;
  /** In the team's `virtual_keys`. */
  readonly index: number;
}

/** Every key of the team files without an error, with its place. */
export function placedKeys({ teams }: Pick<EnvironmentFiles, 'teams'>): PlacedKey[] {
  return teams.flatMap((file) =>
    (file.value?.virtual_keys ?? []).map((key, index) => ({ file, team: file.value?.team_alias ?? '', key, index })),
  );
}

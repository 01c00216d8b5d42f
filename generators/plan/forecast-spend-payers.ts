import type { Environment } from '../../environments/schema/environment.ts';
import type { Team } from '../../environments/schema/team.ts';
import type { VirtualKey } from '../../environments/schema/virtual-key.ts';
import type { Caller } from './plan.ts';

/** A team or a key, as the database knows it. */
export interface Payer {
  readonly scope: 'key' | 'team';
  readonly id: string;
  readonly title: string;
  readonly caller: Caller;
  readonly limits: Pick<Team | VirtualKey, 'max_budget' | 'budget_duration'>;
}

/** Everybody in an environment who may have a budget. */
export function payersOf(environment: Environment | undefined): Payer[] {
  return (environment?.teams ?? []).flatMap((team): Payer[] => [
    {
      scope: 'team',
      id: team.team_alias,
      title: `Team ${team.team_alias}`,
      caller: { team: team.team_alias },
      limits: team,
    },
    ...team.virtual_keys.map((key): Payer => ({
      scope: 'key',
      id: key.key_alias,
      title: `Key ${key.key_alias}`,
      caller: { team: team.team_alias, key: key.key_alias },
      limits: key,
    })),
  ]);
}

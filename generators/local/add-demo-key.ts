import type { RenderedConfig } from '../resolve-gateway-config.ts';

/** The team that pays for the demo key; where the environment has it, its limits hold. */
export const DEMO_TEAM = 'demo';

/** Adds the key that `npm start` shows, by its hash, to the team `demo`. */
export function addDemoKey(config: RenderedConfig, token: string): RenderedConfig {
  const teams = config.teams ?? [];
  const keys = config.virtual_keys ?? [];
  const hasTeam = teams.some((team) => team.team_id === DEMO_TEAM);
  const isTaken = keys.some((key) => key.key_alias === 'demo');
  return {
    ...config,
    teams: hasTeam ? teams : [...teams, { team_id: DEMO_TEAM, team_alias: DEMO_TEAM }],
    virtual_keys: [...keys, { token, key_alias: isTaken ? 'demo-npm-start' : 'demo', team_id: DEMO_TEAM }],
  };
}

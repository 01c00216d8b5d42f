import type { Team } from '../../environments/schema/team.ts';
import { flowText } from '../edit-yaml/flow-text.ts';

/** The file of a team that has no keys yet, with a line for each field. */
export function teamText(team: Team): string {
  const lines = Object.entries(team).map(([field, value]) => {
    const comment = field === 'max_budget' ? '   # USD per budget_duration' : '';
    return `${field}: ${flowText(value)}${comment}`;
  });
  return ['# yaml-language-server: $schema=../../schema/team.json', ...lines, ''].join('\n');
}

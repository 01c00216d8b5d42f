import { vaultSecretName } from '../../environments/schema/azure-names.ts';
import { referencedVariable } from '../../environments/schema/identifiers.ts';
import type { Findings } from './findings.ts';
import type { ConfigSettings } from './read-config.ts';

/**
 * Gives the reference that stands for a value in our files. `wanted` is the variable that a literal value gets where
 * its name is free; `place` says where the value is now.
 */
export type Refer = (value: string, wanted: string, place: string) => string;

const PROCESS = "LiteLLM's own environment";

/**
 * One reference for each value, and every variable told once with where its value is. No value is kept in `findings`.
 * `named` are variables that config.yaml refers to itself: a literal value never gets one of their names.
 */
export function referToSecrets(
  variables: ConfigSettings['environment_variables'],
  named: readonly string[],
  findings: Findings,
): Refer {
  const nameByValue = new Map<string, string>();
  const toldNames = new Set<string>();

  function tell(variable: string, source: string): string {
    if (!toldNames.has(variable)) findings.secrets.push({ variable, source });
    toldNames.add(variable);
    return `os.environ/${variable}`;
  }

  function nameLiteral(value: string, wanted: string, place: string): string {
    const known = nameByValue.get(value);
    if (known !== undefined) return `os.environ/${known}`;
    const taken = new Set([...toldNames, ...named, ...Object.keys(variables ?? {})].map(vaultSecretName));
    let name = wanted;
    for (let number = 2; taken.has(vaultSecretName(name)); number += 1) name = `${wanted}_${number}`;
    nameByValue.set(value, name);
    return tell(name, place);
  }

  return function refer(value, wanted, place) {
    const variable = referencedVariable(value);
    if (variable === undefined) return nameLiteral(value, wanted, place);
    const own = variables?.[variable];
    const other = referencedVariable(own);
    if (other !== undefined) return tell(other, PROCESS);
    return tell(variable, own === undefined ? PROCESS : `environment_variables.${variable}`);
  };
}

/** A name as a variable has it: `gpt-4o (eu)` becomes `GPT_4O_EU`. */
export function variableName(text: string): string {
  const name = text
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  return /^\d/.test(name) ? `_${name}` : name;
}

import { vaultSecretName } from './azure-names.ts';
import { LOCAL_ENVIRONMENT } from './check-settings.ts';
import type { EnvironmentFiles } from './environment-files.ts';
import { referencedVariable } from './identifiers.ts';
import type { ParsedFile, Problem } from './parse-yaml.ts';
import type { Path } from './value-at.ts';

/** https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#object-identifiers */
const LONGEST_SECRET_NAME = 127;

interface PlacedVariable {
  readonly variable: string;
  readonly file: ParsedFile<unknown>;
  readonly path: Path;
}

/** Key Vault knows neither case nor underscores, so two variables may want one secret. */
export function checkVaultNames({ name, settings, models }: EnvironmentFiles): Problem[] {
  if (name === LOCAL_ENVIRONMENT) return [];
  const first = new Map<string, PlacedVariable>();
  return [settings, models].flatMap((file) =>
    variablesOf(file, file.input, []).flatMap((placed) => {
      const secret = vaultSecretName(placed.variable);
      if (secret.length > LONGEST_SECRET_NAME)
        return [
          placed.file.locate(
            placed.path,
            `${placed.variable} is longer than ${LONGEST_SECRET_NAME} characters, the most that Key Vault takes: shorten it`,
          ),
        ];
      const earlier = first.get(secret);
      if (earlier === undefined) first.set(secret, placed);
      if (earlier === undefined || earlier.variable === placed.variable) return [];
      const { line } = earlier.file.locate(earlier.path, '');
      const message = `${placed.variable} and ${earlier.variable} (${earlier.file.file}:${line}) would be one secret of the vault, ${secret}: write them alike, or rename one`;
      return [placed.file.locate(placed.path, message)];
    }),
  );
}

function variablesOf(file: ParsedFile<unknown>, value: unknown, path: Path): PlacedVariable[] {
  const variable = referencedVariable(value);
  if (variable !== undefined) return [{ variable, file, path }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    variablesOf(file, child, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

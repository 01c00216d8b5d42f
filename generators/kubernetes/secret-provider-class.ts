import { parse } from 'yaml';
import { z } from 'zod';
import type { SecretReference } from './gateway-secrets.ts';
import { yamlText } from './yaml-text.ts';

/** What the Secrets Store CSI driver puts into a pod as files, and where its provider for Key Vault finds it. */
export interface VaultFiles {
  readonly keyVault: string;
  readonly tenantId: string;
  /** Of the workload identity that reads the vault. */
  readonly clientId: string;
  /** One file each, named like the variable. */
  readonly secrets: readonly SecretReference[];
  /** The name of a Secret that holds the same values while a pod has the files: for programs that read variables alone. */
  readonly copyToSecret?: string;
}

const NAMES = { apiVersion: 'secrets-store.csi.x-k8s.io/v1', kind: 'SecretProviderClass' } as const;

/** A SecretProviderClass, without its metadata. */
export function secretProviderClass({ keyVault, tenantId, clientId, secrets, copyToSecret }: VaultFiles) {
  return {
    ...NAMES,
    spec: {
      provider: 'azure',
      parameters: {
        usePodIdentity: 'false',
        clientID: clientId,
        keyvaultName: keyVault,
        tenantId,
        // The provider wants YAML in a text, and each object as a text within it.
        objects: yamlText({ array: secrets.map((secret) => yamlText(vaultObject(secret))) }),
      },
      ...(copyToSecret !== undefined && { secretObjects: [secretObject(copyToSecret, secrets)] }),
    },
  };
}

function vaultObject({ variable, vaultName }: SecretReference) {
  return { objectName: vaultName, objectType: 'secret', objectAlias: variable };
}

/** The driver finds what it copies by the file's name, which is the alias. */
function secretObject(secretName: string, secrets: readonly SecretReference[]) {
  const data = secrets.map(({ variable }) => ({ objectName: variable, key: variable }));
  return { secretName, type: 'Opaque', data };
}

const Labels = z.record(z.string(), z.string()).optional();

const VaultObjects = z.strictObject({
  array: z
    .array(z.string().transform((text) => parse(text) as unknown))
    .min(1)
    .pipe(
      z.array(
        z.strictObject({
          objectName: z.string().regex(/^[0-9A-Za-z-]{1,127}$/, 'is no name that Key Vault allows'),
          objectType: z.literal('secret'),
          objectAlias: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is no name of a variable'),
        }),
      ),
    ),
});

const SecretObject = z.object({
  secretName: z.string(),
  type: z.literal('Opaque'),
  data: z.array(z.object({ objectName: z.string(), key: z.string() })),
});

const SecretProviderClass = z.object({
  apiVersion: z.literal(NAMES.apiVersion),
  kind: z.literal(NAMES.kind),
  metadata: z.object({ name: z.string(), namespace: z.string(), labels: Labels, annotations: Labels }),
  spec: z
    .object({
      provider: z.literal('azure'),
      parameters: z.object({
        usePodIdentity: z.literal('false'),
        clientID: z.string().min(1),
        keyvaultName: z.string().regex(/^[A-Za-z][0-9A-Za-z-]{2,23}$/, 'is no name of a Key Vault'),
        tenantId: z.string().min(1),
        objects: z
          .string()
          .transform((text) => parse(text) as unknown)
          .pipe(VaultObjects),
      }),
      secretObjects: z.array(SecretObject).optional(),
    })
    .superRefine(({ parameters, secretObjects = [] }, context) => {
      const files = new Set(parameters.objects.array.map(({ objectAlias }) => objectAlias));
      if (files.size < parameters.objects.array.length)
        context.addIssue({ code: 'custom', path: ['parameters', 'objects'], message: 'two objects want one file' });
      for (const { objectName } of secretObjects.flatMap(({ data }) => data)) {
        if (files.has(objectName)) continue;
        const message = `there is no file ${objectName} to copy`;
        context.addIssue({ code: 'custom', path: ['secretObjects'], message });
      }
    }),
});

/**
 * What a class of @kubernetes-models would be, which no package has for this kind: `validate` reads every field that
 * the driver and its provider know, and throws an error with `errors` where one is not as they want it.
 */
export const SECRET_PROVIDER_CLASS_MODEL = {
  ...NAMES,
  prototype: {
    validate(this: unknown): void {
      const result = SecretProviderClass.safeParse(this);
      if (result.success) return;
      const errors = result.error.issues.map(({ path, code, message }) => ({
        instancePath: `/${path.join('/')}`,
        keyword: code === 'invalid_type' ? 'type' : code,
        message,
      }));
      throw Object.assign(new Error('not a SecretProviderClass of the provider for Key Vault'), { errors });
    },
  },
};

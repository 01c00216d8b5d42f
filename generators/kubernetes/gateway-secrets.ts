import { vaultSecretName } from '../../environments/schema/azure-names.ts';
import { referencedVariables, type RenderedConfig } from '../resolve-gateway-config.ts';

/** One value that the gateway needs and Git does not hold. */
export interface SecretReference {
  /** What the configuration calls it: `os.environ/<variable>`. */
  readonly variable: string;
  /** Its name in the environment's Key Vault. */
  readonly vaultName: string;
}

/** Every value that must be in the vault before the gateway's pods can start: one for each `os.environ/NAME`. */
export function gatewaySecrets(config: RenderedConfig): SecretReference[] {
  return referencedVariables(config).map((variable) => ({ variable, vaultName: vaultSecretName(variable) }));
}

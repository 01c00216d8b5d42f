import { referencedVariables, type RenderedConfig } from '../resolve-gateway-config.ts';
import { GATEWAY_SECRETS } from './names.ts';

/** One value that the gateway needs and Git does not hold. */
export interface SecretReference {
  /** The environment variable that the configuration names. */
  readonly variable: string;
  readonly secretName: string;
  readonly secretKey: string;
}

/** Every value that must be in the gateway's Secret before its pods can start: one for each `os.environ/NAME`. */
export function gatewaySecrets(config: RenderedConfig): SecretReference[] {
  return referencedVariables(config).map((variable) => ({
    variable,
    secretName: GATEWAY_SECRETS,
    secretKey: variable,
  }));
}

import { z } from 'zod';
import { EnvironmentName, referencedVariable } from '../identifiers.ts';
import { stateRule } from './policy-rule.ts';

/** Where Azure serves the accounts of its customers. */
const OF_AZURE = ['*.openai.azure.com', '*.cognitiveservices.azure.com', '*.services.ai.azure.com'];

const HostPattern = z
  .string()
  .regex(/^(\*\.)?([a-z0-9-]+\.)+[a-z]{2,63}$/, 'write a host name such as llm.example.com, or *.example.com');

const AllowedHost = z.union([HostPattern, z.strictObject({ host: HostPattern, environment: EnvironmentName })]);

export const allowedHosts = stateRule({
  says: 'Production sends prompts to Azure and to these hosts only: every api_base that is written out is at one of them.',
  scope: 'production',
  exceptBy: ['model'],
  options: { hosts: z.array(AllowedHost).describe('For all of production, or { host, environment } for one of it.') },
  looser: { hosts: 'more' },
  evaluate: ({ files: { name, models } }, { hosts }) => {
    const ours = hosts.flatMap((each) => patternFor(each, name));
    return (models.value?.model_list ?? []).flatMap(
      ({ model_name: model, litellm_params: { api_base: base } }, index) => {
        const host = base === undefined || referencedVariable(base) !== undefined ? undefined : hostOf(base);
        if (host === undefined || [...OF_AZURE, ...ours].some((pattern) => isAt(host, pattern))) return [];
        const use = ours.length === 0 ? 'os.environ/NAME' : `${ours.join(' or ')}, or os.environ/NAME`;
        const message = `prompts would go to ${host}, which is not one of our hosts: use ${use}`;
        return [{ model, problem: models.locate(['model_list', index, 'litellm_params', 'api_base'], message) }];
      },
    );
  },
});

function patternFor(allowed: z.infer<typeof AllowedHost>, environment: string): string[] {
  if (typeof allowed === 'string') return [allowed];
  return allowed.environment === environment ? [allowed.host] : [];
}

/** As the gateway would find it: what stands before an @ is a user's name, and no host. */
function hostOf(address: string): string {
  return URL.parse(address)?.hostname ?? address;
}

function isAt(host: string, pattern: string): boolean {
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
}

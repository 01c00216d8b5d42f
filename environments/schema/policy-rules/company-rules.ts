import { z } from 'zod';
import { stateRule } from './policy-rule.ts';

const Domains = z.array(z.string().regex(/^([a-z0-9-]+\.)+[a-z]{2,63}$/, 'write a domain such as example.com')).min(1);

export const companyZone = stateRule({
  says: 'Host names lie in these zones.',
  scope: 'every environment',
  exceptBy: [],
  options: { zones: Domains },
  looser: { zones: 'more' },
  evaluate: ({ files: { settings } }, { zones }) =>
    (settings.value?.host_names ?? []).flatMap((hostName, index) => {
      if (zones.some((zone) => hostName === zone || hostName.endsWith(`.${zone}`))) return [];
      const message = `host name ${hostName} is not ours: use one in ${zones.join(' or ')}`;
      return [{ problem: settings.locate(['host_names', index], message) }];
    }),
});

export const ownerDomain = stateRule({
  says: 'Owners of teams are addresses of these domains.',
  scope: 'every environment',
  exceptBy: ['team'],
  options: { domains: Domains },
  looser: { domains: 'more' },
  evaluate: ({ files: { teams } }, { domains }) =>
    teams.flatMap((file) =>
      (file.value?.owners ?? []).flatMap((owner, index) => {
        if (domains.some((domain) => owner.endsWith(`@${domain}`))) return [];
        const message = `owner ${owner} cannot be asked: write an address of ${domains.join(' or ')}`;
        return [{ team: file.value?.team_alias ?? '', problem: file.locate(['owners', index], message) }];
      }),
    ),
});

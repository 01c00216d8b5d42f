import { LOCAL_ENVIRONMENT } from './check-settings.ts';
import type { EnvironmentFiles } from './environment-files.ts';
import type { EnvironmentSettings } from './environment-settings.ts';
import type { Problem } from './parse-yaml.ts';
import type { Path } from './value-at.ts';

/** A host name and where it is written. */
export interface PlacedHostName {
  readonly hostName: string;
  readonly path: Path;
}

/** Every host name of an environment, the gateway's first. */
export function placedHostNames({ host_names, argocd }: EnvironmentSettings): PlacedHostName[] {
  const ofGateway = host_names.map((hostName, index) => ({ hostName, path: ['host_names', index] }));
  if (argocd.host_name === undefined) return ofGateway;
  return [...ofGateway, { hostName: argocd.host_name, path: ['argocd', 'host_name'] }];
}

/** Host names lie in the environment's zone, each once, and their certificates have somebody to write to. */
export function checkHostNames({ name, settings: file }: EnvironmentFiles): Problem[] {
  const settings = file.value;
  if (name === LOCAL_ENVIRONMENT || settings === undefined) return [];
  const placed = placedHostNames(settings);
  const problems = placed.flatMap(({ hostName, path }, index) => {
    const earlier = placed.slice(0, index).find((other) => other.hostName === hostName);
    if (earlier !== undefined) {
      const { line } = file.locate(earlier.path, '');
      return [file.locate(path, `host name ${hostName} stands on line ${line} already: remove one`)];
    }
    if (settings.dns === undefined || isIn(settings.dns.zone, hostName)) return [];
    const fix = `write a name that ends in .${settings.dns.zone}, or another zone`;
    return [file.locate(path, `host name ${hostName} lies outside of the zone ${settings.dns.zone}: ${fix}`)];
  });
  if (settings.dns === undefined && placed[0] !== undefined)
    problems.push(
      file.locate(
        placed[0].path,
        `dns is missing: write the zone that ${placed[0].hostName} lies in, as dns: { zone: ... }`,
      ),
    );
  if (settings.certificates.email === undefined)
    problems.push(
      file.locate(
        ['certificates'],
        'email is missing: write whom the certificate authority writes to, as certificates: { email: ... }',
      ),
    );
  return problems;
}

function isIn(zone: string, hostName: string): boolean {
  return hostName === zone || hostName.endsWith(`.${zone}`);
}

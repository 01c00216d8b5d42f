import type { EnvironmentSettings } from '../../environments/schema/environment-settings.ts';
import type { SettingEdit } from './setting-edit.ts';

/** The name that clients call where the environment that is copied has none. */
const GATEWAY_LABEL = 'llm';

/**
 * The host names of an environment as another one of the same domain has them: `llm.dev.example.com` becomes
 * `llm.staging.example.com`. A zone that exists keeps its place where the domain stays: the new names lie in it as well.
 */
export function moveHostNames(source: EnvironmentSettings, name: string, domain: string | undefined): SettingEdit[] {
  const zone = source.dns?.zone;
  if (zone === undefined) return domain === undefined ? [] : firstHostName(`${name}.${domain}`);
  const parent = domain ?? withoutPrefix(zone, source.name);
  const base = `${name}.${parent}`;
  const move = (hostName: string): string => {
    const label = labelOf(hostName, zone, source.name);
    return label === '' ? base : `${label}.${base}`;
  };
  const { host_name: argocd } = source.argocd;
  return [
    ...(source.host_names.length === 0 ? [] : [{ path: ['host_names'], value: source.host_names.map(move) }]),
    ...(argocd === undefined ? [] : [{ path: ['argocd', 'host_name'], value: move(argocd) }]),
    ...moveZone(source, base, domain),
  ];
}

function firstHostName(zone: string): SettingEdit[] {
  return [
    { path: ['host_names'], value: [`${GATEWAY_LABEL}.${zone}`] },
    { path: ['dns'], value: { zone } },
  ];
}

function moveZone({ dns }: EnvironmentSettings, zone: string, domain: string | undefined): SettingEdit[] {
  if (dns?.resource_group === undefined) return [{ path: ['dns', 'zone'], value: zone }];
  return domain === undefined ? [] : [{ path: ['dns'], value: { zone } }];
}

/** What stands before the zone, without the old environment's name: `llm` of `llm.dev.example.com`. */
function labelOf(hostName: string, zone: string, environment: string): string {
  const label = hostName === zone ? '' : hostName.slice(0, -`.${zone}`.length);
  if (label === environment) return '';
  return label.endsWith(`.${environment}`) ? label.slice(0, -environment.length - 1) : label;
}

function withoutPrefix(zone: string, environment: string): string {
  return zone.startsWith(`${environment}.`) ? zone.slice(environment.length + 1) : zone;
}

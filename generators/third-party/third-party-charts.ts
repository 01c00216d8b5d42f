import { argocdPlatformChart } from './argocd-chart.ts';
import { certManagerChart } from './certificates-chart.ts';
import { nginxIngressChart } from './nginx-ingress-chart.ts';
import type { ThirdPartyChart } from './third-party-chart.ts';

/** The charts of others that an environment may use. */
export const THIRD_PARTY_CHARTS: readonly ThirdPartyChart[] = [
  argocdPlatformChart,
  certManagerChart,
  nginxIngressChart,
];

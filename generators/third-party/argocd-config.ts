import type { RenderContext } from '../render-context.ts';
import { yamlText } from '../kubernetes/yaml-text.ts';
import type { ChartSetting } from './third-party-chart.ts';

// Where a browser finds Argo CD through `kubectl port-forward`, when it has no host name.
const FORWARDED = 'https://localhost:8080';

/**
 * An Application is as healthy as it says, once its last sync has succeeded and has been looked at: objects that are missing
 * do not count in its health, so one that has not applied anything may call itself healthy, and so may one that has not
 * compared since. Argo CD took its own check away in 1.8; without one a wave of Applications counts as done at once, and
 * the next starts before its namespaces, kinds and issuers are there. Guarded objects may keep one out of sync for ever.
 * One whose source cannot be read, or that asks for more than its project allows, is degraded: the wave fails then and is
 * tried again with the newest commit. A wave that waited would hold up the very commit that repairs it.
 */
export const APPLICATION_HEALTH = `local health = { status = "Progressing", message = "" }
local status = obj.status or {}
if status.health ~= nil and status.health.status ~= nil then
  health.status = status.health.status
  health.message = status.health.message or ""
end
for _, condition in ipairs(status.conditions or {}) do
  if condition.type == "ComparisonError" or condition.type == "InvalidSpecError" then
    health.status = "Degraded"
    health.message = condition.message or condition.type
  end
end
local operation = status.operationState or {}
local isInSync = status.sync ~= nil and status.sync.status == "Synced"
local isLookedAt = isInSync or (status.reconciledAt or "") > (operation.finishedAt or "~")
if health.status == "Healthy" and (operation.phase ~= "Succeeded" or not isLookedAt) then
  health.status = "Progressing"
  health.message = "its sync has not succeeded yet"
end
return health
`;

/**
 * An autoscaler that has no metric yet counts as degraded, which would end every first sync: its pods are not there.
 * Whether it scales is for alerts to watch.
 */
const AUTOSCALER_HEALTH = `return { status = "Healthy", message = "alerts tell when it cannot keep up" }
`;

// cert-manager fills in the authority of its webhooks after they are applied.
const IGNORED_WEBHOOK_FIELDS = yamlText({ jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] });

/** What Argo CD does and for whom: its ConfigMaps. */
export function argocdConfigSettings(context: RenderContext): ChartSetting[] {
  const { argocd } = context.environment.settings;
  return [
    {
      path: 'configs.cm.url',
      value: argocd.host_name === undefined ? FORWARDED : `https://${argocd.host_name}`,
      why: 'where Entra sends people back to',
    },
    { path: 'configs.cm.admin\\.enabled', value: false, why: 'people sign in as themselves, or not at all' },
    ...signInSettings(context),
    { path: 'configs.cm.timeout\\.reconciliation', value: '60s', why: 'no webhook reaches a private cluster' },
    { path: 'configs.cm.timeout\\.reconciliation\\.jitter', value: '15s', why: 'so that a commit is live in a minute' },
    {
      path: 'configs.cm.resource\\.customizations\\.health\\.argoproj\\.io_Application',
      value: APPLICATION_HEALTH,
      why: 'waves between Applications wait only with this',
    },
    ...['autoscaling_HorizontalPodAutoscaler', 'keda\\.sh_ScaledObject'].map((kind) => ({
      path: `configs.cm.resource\\.customizations\\.health\\.${kind}`,
      value: AUTOSCALER_HEALTH,
      why: 'no metric before the first pods is no failure of a sync',
    })),
    ...['Mutating', 'Validating'].map((kind) => ({
      path: `configs.cm.resource\\.customizations\\.ignoreDifferences\\.admissionregistration\\.k8s\\.io_${kind}WebhookConfiguration`,
      value: IGNORED_WEBHOOK_FIELDS,
      why: 'written by whoever serves the webhook',
    })),
    {
      path: 'configs.params.controller\\.diff\\.server\\.side',
      value: 'true',
      why: 'the API server says what differs, after its defaults and webhooks',
    },
    {
      path: 'configs.params.reposerver\\.enable\\.git\\.submodule',
      value: 'false',
      why: 'what another repository holds, no pull request on this one shows',
    },
    ...(argocd.host_name === undefined
      ? []
      : [{ path: 'configs.params.server\\.insecure', value: 'true', why: 'TLS ends at the ingress, as for all else' }]),
  ];
}

/** Without the ids that Entra gives, nobody can sign in: that is the safe half of a beginning. */
function signInSettings({ environment: { settings } }: RenderContext): ChartSetting[] {
  const { sso_client_id: clientID, admin_group_id: admins } = settings.argocd;
  const isKnown = clientID !== 'unset' && settings.tenant_id !== 'unset';
  const oidc = {
    name: 'Entra',
    issuer: `https://login.microsoftonline.com/${settings.tenant_id}/v2.0`,
    clientID,
    azure: { useWorkloadIdentity: true },
    requestedIDTokenClaims: { groups: { essential: true } },
    requestedScopes: ['openid', 'profile', 'email'],
  };
  return [
    ...(isKnown
      ? [{ path: 'configs.cm.oidc\\.config', value: yamlText(oidc), why: 'sign-in by Entra, with no secret' }]
      : []),
    { path: 'configs.rbac.policy\\.default', value: 'role:readonly', why: 'whoever signs in may look' },
    ...(admins === 'unset'
      ? []
      : [{ path: 'configs.rbac.policy\\.csv', value: `g, "${admins}", role:admin\n`, why: 'one group may act' }]),
  ];
}

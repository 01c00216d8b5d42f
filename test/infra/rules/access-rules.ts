import type { PredictedResource } from '../../../generators/infrastructure/predicted-resources.ts';
import roles from '../../../infra/roles.json' with { type: 'json' };
import { lastName, listAt, ofType, shortId, textAt, type ResourceRule } from './rule.ts';

/** Whoever has one of them may take any other right. */
const RAISING_ROLES = [
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
  roles.contributor,
  roles.rbacAdministrator,
];
const IDENTITY = 'Microsoft.ManagedIdentity/userAssignedIdentities';
const MOST_CREDENTIALS = 20;

export const ACCESS_RULES: readonly ResourceRule[] = [
  {
    title: 'roles are those of the table, given to identities of this environment',
    reason: 'A mistyped id is another role. Without principalType a new identity is not found.',
    find: (resources) =>
      ofType(resources, 'Microsoft.Authorization/roleAssignments').flatMap((each) => findOddRole(each, resources)),
  },
  {
    title: 'whoever grants roles grants no role that raises himself',
    reason: 'Without a condition the identity that deploys could make itself Owner.',
    find: (resources) => ofType(resources, 'Microsoft.Authorization/roleAssignments').flatMap(findFreeHands),
  },
  {
    title: 'tokens are trusted by exact subject',
    reason: 'Entra compares issuer, subject and audience to the letter; an identity takes 20 credentials at most.',
    find: findLooseTrust,
  },
];

function findOddRole(assignment: PredictedResource, resources: readonly PredictedResource[]): string[] {
  const where = shortId(assignment.id);
  const role = lastName(textAt(assignment, 'properties.roleDefinitionId'));
  const own = ofType(resources, 'Microsoft.Authorization/roleDefinitions').map(({ id }) => lastName(id));
  const principal = textAt(assignment, 'properties.principalId');
  const isOfHere = resources.some(({ id }) => principal.startsWith(`[reference('${id}'`));
  return [
    ...([...Object.values(roles), ...own].includes(role)
      ? []
      : [`${where} grants ${role}, which is not in roles.json`]),
    ...(textAt(assignment, 'properties.principalType') === 'ServicePrincipal' ? [] : [`${where} has no principalType`]),
    ...(isOfHere ? [] : [`${where} is for ${principal}, which is no identity of this environment`]),
  ];
}

function findFreeHands(assignment: PredictedResource): string[] {
  const role = lastName(textAt(assignment, 'properties.roleDefinitionId'));
  if (role !== roles.rbacAdministrator) return [];
  const condition = textAt(assignment, 'properties.condition');
  const where = shortId(assignment.id);
  const raising = RAISING_ROLES.filter((each) => condition.includes(each));
  const isWhole = ['roleAssignments/write', 'roleAssignments/delete', "{'ServicePrincipal'}"].every((part) =>
    condition.includes(part),
  );
  return [
    ...(isWhole ? [] : [`${where} may grant roles without a condition on writing, deleting and whom`]),
    ...raising.map((each) => `${where} may grant ${each}`),
  ];
}

function findLooseTrust(resources: readonly PredictedResource[]): string[] {
  const credentials = ofType(resources, `${IDENTITY}/federatedIdentityCredentials`);
  const crowded = ofType(resources, IDENTITY)
    .filter(({ id }) => credentials.filter((each) => each.id.startsWith(`${id}/`)).length > MOST_CREDENTIALS)
    .map(({ id }) => `${shortId(id)} has more than ${MOST_CREDENTIALS} credentials`);
  return [...credentials.flatMap(findLooseCredential), ...crowded];
}

function findLooseCredential(credential: PredictedResource): string[] {
  const where = shortId(credential.id);
  const subject = textAt(credential, 'properties.subject');
  const issuer = textAt(credential, 'properties.issuer');
  const audiences = listAt(credential, 'properties.audiences');
  const isOfPod = /^\[reference\('[^']+\/managedClusters\/[^']+', '[^']+'\)\.oidcIssuerProfile\.issuerURL\]$/.test(
    issuer,
  );
  const isOfGithub = issuer === 'https://token.actions.githubusercontent.com';
  const form = isOfPod
    ? /^system:serviceaccount:[a-z-]+:[a-z-]+$/
    : /^repo:[^:*]+\/[^:*]+:(pull_request|ref:refs\/heads\/[^*]+|environment:[a-z0-9-]+)$/;
  return [
    ...(isOfPod || isOfGithub ? [] : [`${where} trusts ${issuer}`]),
    ...(form.test(subject) ? [] : [`${where} trusts the subject ${subject}`]),
    ...(audiences.join() === 'api://AzureADTokenExchange' ? [] : [`${where} is for ${audiences.join()}`]),
  ];
}

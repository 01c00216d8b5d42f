import type { PredictedResource } from '../../../generators/infrastructure/predicted-resources.ts';
import roles from '../../../infra/roles.json' with { type: 'json' };
import { accessFacts, describe, describeRight, roleOf, scopeOf } from './access-facts.ts';
import {
  JOB_RIGHTS,
  OPTIONAL_TRUST,
  PEOPLE,
  PROGRAM_RIGHTS,
  TAKEN_FROM_EVERYTHING,
  TRUST,
  type Right,
} from './access-table.ts';
import { findDifference } from './find-difference.ts';
import { listAt, ofType, shortId, textAt, valueAt, type ResourceRule } from './rule.ts';

const ASSIGNMENT = 'Microsoft.Authorization/roleAssignments';
const IDENTITY = 'Microsoft.ManagedIdentity/userAssignedIdentities';
const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Of both actions: nobody but an identity, and no role but those named. */
const CONDITION = [
  { action: 'write', from: '@Request' },
  { action: 'delete', from: '@Resource' },
]
  .map(
    ({ action, from }) =>
      `((!(ActionMatches{'${ASSIGNMENT}/${action}'})) OR (` +
      `${from}[${ASSIGNMENT}:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {<roles>} AND ` +
      `${from}[${ASSIGNMENT}:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal'}))`,
  )
  .join(' AND ');

export const ACCESS_RULES: readonly ResourceRule[] = [
  {
    title: 'everyone has the roles that he needs, where he needs them, and no other',
    reason: 'One too few fails minutes after a deployment, one too many never does. A mistyped id is another role.',
    find: findOddRights,
  },
  {
    title: 'assignments are to identities of this environment, or to the group that looks after it',
    reason: 'Without principalType a new identity is not found.',
    find: (resources) => ofType(resources, ASSIGNMENT).flatMap(findOddPrincipal),
  },
  {
    title: 'whoever grants roles may grant those that the templates grant, to identities, and no other',
    reason: 'With a wider condition the identity that deploys could make itself Owner, with a narrower one it fails.',
    find: findWrongConditions,
  },
  {
    title: 'roles of our own say every action, or all that is taken from everything: rights, and the group itself',
    reason: 'An asterisk takes in what Azure adds tomorrow. With its group goes all that a stack guards.',
    find: (resources) => ofType(resources, 'Microsoft.Authorization/roleDefinitions').flatMap(findWideRole),
  },
  {
    title: 'tokens are trusted by exact subject, each by the identity that it is for',
    reason: 'Entra compares issuer, subject and audience to the letter; a job of any pull request must not deploy.',
    find: findOddTrust,
  },
];

function findOddRights(resources: readonly PredictedResource[]): string[] {
  const facts = accessFacts(resources);
  const wanted = [...PROGRAM_RIGHTS, ...JOB_RIGHTS]
    .filter(({ when }) => when?.(facts) ?? true)
    .map(({ who, role, where }) => `${who}: ${role} on ${where}`);
  const there = ofType(resources, ASSIGNMENT).map((each) => describeRight(each, resources));
  return findDifference(
    there.filter((right) => right !== PEOPLE),
    wanted,
  );
}

function findOddPrincipal(assignment: PredictedResource): string[] {
  const principal = textAt(assignment, 'properties.principalId');
  const isPerson = !principal.startsWith('[reference(');
  if (!isPerson && !principal.endsWith('.principalId]')) return [`${shortId(assignment.id)} is for ${principal}`];
  const type = textAt(assignment, 'properties.principalType');
  if (type === (isPerson ? 'Group' : 'ServicePrincipal')) return [];
  return [`${shortId(assignment.id)} has ${type === '' ? 'no principalType' : `principalType ${type}`}`];
}

function findWrongConditions(resources: readonly PredictedResource[]): string[] {
  return ofType(resources, ASSIGNMENT)
    .filter((each) => roleOf(each, resources) === 'rbacAdministrator')
    .flatMap((each) => {
      const condition = textAt(each, 'properties.condition');
      const where = `${describeRight(each, resources)}: the condition`;
      if (condition.replaceAll(/\{[0-9a-f, -]+\}/g, '{<roles>}') !== CONDITION)
        return [`${where} is not as it has to be`];
      const isOwn = describe(scopeOf(each), resources) === 'the group';
      return [...condition.matchAll(/\{([0-9a-f, -]+)\}/g)].flatMap(([ids = '']) =>
        findDifference(ids.match(GUID) ?? [], grantableIn(isOwn)).map((line) => `${where}: ${line}`),
      );
    });
}

function grantableIn(isOwnGroup: boolean): string[] {
  const granted = PROGRAM_RIGHTS.filter(({ where }: Right) => isOwnGroup || where === 'Network/dnsZones');
  return [...new Set(granted.map(({ role }) => roles[role as keyof typeof roles]))];
}

function findWideRole(role: PredictedResource): string[] {
  const [permissions] = listAt(role, 'properties.permissions');
  const actions = [...listAt(permissions, 'actions'), ...listAt(permissions, 'dataActions')].map(String);
  const name = textAt(role, 'properties.roleName');
  if (actions.join() === '*') {
    const taken = listAt(permissions, 'notActions').map(String);
    return findDifference(taken, TAKEN_FROM_EVERYTHING).map((line) => `${name} but ${line}`);
  }
  return actions
    .filter((action) => action !== '*/register/action' && /\*|^Microsoft\.Authorization\//i.test(action))
    .map((action) => `${name} may ${action}`);
}

function findOddTrust(resources: readonly PredictedResource[]): string[] {
  const credentials = ofType(resources, `${IDENTITY}/federatedIdentityCredentials`);
  const there = credentials.map((each) => describeTrust(each, resources));
  const audiences = credentials.map((each) => [shortId(each.id), listAt(each, 'properties.audiences').join()] as const);
  return [
    ...findDifference(
      there.filter((line) => !OPTIONAL_TRUST.includes(line)),
      TRUST,
    ),
    ...audiences
      .filter(([, audience]) => audience !== 'api://AzureADTokenExchange')
      .map(([where, audience]) => `${where} is for ${audience}`),
  ];
}

function describeTrust(credential: PredictedResource, resources: readonly PredictedResource[]): string {
  const [identity = ''] = credential.id.split('/federatedIdentityCredentials/');
  const group = resources.find(({ type }) => type === 'Microsoft.Resources/resourceGroups');
  const environment = String(valueAt(group, 'tags.environment'));
  const issuer = textAt(credential, 'properties.issuer').replace(
    /^\[reference\('[^']+\/managedClusters\/[^']+', '[^']+'\)\.oidcIssuerProfile\.issuerURL\]$/,
    'the cluster',
  );
  const subject = textAt(credential, 'properties.subject')
    .replace(/^repo:[^:*]+:(?=[pre])/, '')
    .replace(/^ref:refs\/heads\/[\w./-]+$/, 'ref:refs/heads/<branch>')
    .replace(`environment:${environment}`, 'environment:<env>');
  return `${describe(identity, resources)}: ${issuer} ${subject}`;
}

import type { Problem } from '../../environments/schema/parse-yaml.ts';

// What a change does, as values: made from the two sides of a comparison, printed as Markdown, and never the other way.
// Both sides are read as data. Nothing is rendered, installed or run, so that a stranger's pull request can be planned.

/** All that there is to say about a change. Environments stand with those that cost most to break first. */
export interface Plan {
  /** The commits that are compared; `head` may be `work tree`. */
  readonly base: string;
  readonly head: string;
  readonly environments: readonly EnvironmentChange[];
  /** Environments of production of which nothing changes, neither what is written nor what is rendered; sorted. */
  readonly unchangedProduction: readonly string[];
  readonly manifests: readonly ComponentChange[];
  /** Of each environment that changes in Azure, or of which that is not known. */
  readonly azure: readonly AzureChange[];
  readonly risks: readonly Risk[];
  /** What the head breaks of policy.yaml or of the schema; it stands in the files of the head. */
  readonly problems: readonly Problem[];
  /** How many rules of policy.yaml were held against what changes. */
  readonly rulesJudged: number;
  /** Rules that need what is not at hand, with the reason. */
  readonly notEvaluated: readonly string[];
  readonly spend?: SpendForecast;
}

/** What one environment's people, models and money gain and lose. */
export interface EnvironmentChange {
  readonly name: string;
  readonly kind: 'added' | 'changed' | 'removed';
  /** Whether policy.yaml of either side calls it so. */
  readonly isProduction: boolean;
  /** Where a side has errors nothing below is known. */
  readonly isReadable: boolean;
  readonly models: readonly ModelChange[];
  /** Models that go by another name and are the same deployments; each is among `models` twice. */
  readonly renames: readonly Change<string>[];
  /** Where prompts go from now on that did not, or with another credential. */
  readonly destinations: readonly Destination[];
  readonly lowPrices: readonly LowPrice[];
  /** What the environment's Azure OpenAI account serves. */
  readonly azureDeployments: readonly AzureDeploymentChange[];
  readonly teams: readonly TeamChange[];
  readonly keys: readonly KeyChange[];
  readonly access: readonly AccessChange[];
  /** Whose requests are refused from the moment on that the change is live. */
  readonly refused: readonly Refusal[];
  /** Whose budget may be less than what they have spent by now, which nobody knows here. */
  readonly perhapsRefused: readonly LoweredBudget[];
  /** Sum of the teams' ceilings in USD; undefined where a team has none. */
  readonly ceiling: Change<number | undefined>;
  /** Settings, pins and router settings by their path, as they are written. */
  readonly values: readonly ValueChange[];
  /** Keys of the head that end within 30 days, soonest first. */
  readonly ending: readonly { readonly alias: string; readonly team: string; readonly days: number }[];
}

export interface Change<T> {
  readonly before: T;
  readonly after: T;
}

/** A public model name. Absent on a side where there is no such name. */
export interface ModelChange {
  readonly model: string;
  readonly deployments: Change<readonly string[] | undefined>;
  /** USD per million tokens, of each deployment in their order; undefined where nobody knows it. */
  readonly prices: Change<readonly (Price | undefined)[] | undefined>;
}

export interface Price {
  readonly input: number | undefined;
  readonly output: number | undefined;
}

export interface Destination {
  readonly model: string;
  /** A host name, or words for where it is written. */
  readonly host: string;
  /** The reference to it, such as `os.environ/AZURE_OPENAI_KEY`. */
  readonly credential: string | undefined;
}

/** An entry's own price far below that of the list, both in USD per million tokens that are sent. */
export interface LowPrice {
  readonly model: string;
  readonly own: number;
  readonly listed: number;
}

/** `gpt-5.1 2025-11-13, DataZoneStandard`; the capacity is thousands of tokens a minute. */
export interface AzureDeploymentChange {
  readonly name: string;
  readonly model: Change<string | undefined>;
  readonly capacity: Change<number | undefined>;
}

export interface TeamChange {
  readonly team: string;
  readonly limits: Change<Limits | undefined>;
  /** The budget as USD in 30 days, so that durations compare; undefined without one. */
  readonly ceiling: Change<number | undefined>;
}

export interface KeyChange {
  readonly alias: string;
  readonly team: string;
  /** Merged: its secrets are those of another key now. Revoked: none of them opens the gateway, under whatever name. */
  readonly kind: 'added' | 'changed' | 'merged' | 'moved' | 'renamed' | 'revoked' | 'rotating' | 'rotated';
  /** What a key that moved, is renamed or merged was called, and whose it was. */
  readonly from?: { readonly alias: string; readonly team: string };
  readonly limits: Change<Limits | undefined>;
  readonly expires: Change<string | undefined>;
}

/** As written: USD per `budgetDuration`, requests and tokens a minute. */
export interface Limits {
  readonly maxBudget: number | undefined;
  readonly budgetDuration: string | undefined;
  readonly rpm: number | undefined;
  readonly tpm: number | undefined;
  /** Undefined: all of the team's, or all of the environment's. */
  readonly models: readonly string[] | undefined;
  readonly isBlocked: boolean;
}

/** A team or a key that may use a model on one side alone. */
export interface AccessChange {
  readonly team: string;
  /** Left out: the whole team. */
  readonly key?: string;
  readonly model: string;
  readonly kind: 'gains' | 'loses';
}

export interface Caller {
  readonly team: string;
  /** Left out: every key of the team that does so. */
  readonly key?: string;
}

export interface LoweredBudget extends Caller, Change<Limits> {}

export interface Refusal extends Caller {
  /** What is refused and why, after the name: `is revoked`. */
  readonly reason: string;
}

export interface ValueChange {
  readonly file: string;
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The manifests of one component that differ. */
export interface ComponentChange {
  readonly environment: string;
  readonly component: string;
  readonly files: readonly FileChange[];
}

export interface FileChange {
  /** Below dist/, such as `prod/gateway/Deployment.gateway.yaml`. */
  readonly path: string;
  readonly kind: 'added' | 'changed' | 'removed';
  /** Unified, without a header; empty for files beyond those of a component that are shown. */
  readonly diff: string;
  readonly addedLines: number;
  readonly removedLines: number;
}

/** Something that a reviewer must not overlook, in one sentence. */
export interface Risk {
  readonly environment: string;
  readonly text: string;
}

/** The last 30 days, under the head's prices, budgets and access. */
export interface SpendForecast {
  /** The environment whose database it is. */
  readonly environment: string;
  readonly lines: readonly string[];
  /** Who has spent more already than the change leaves them, and had not before. */
  readonly refused: readonly Refusal[];
  /** Whose budget begins anew more often than the database tells days. */
  readonly unjudged: readonly Caller[];
}

/** What one environment is made of in Azure, as far as it changes; made from what the templates come to on both sides. */
export interface AzureChange {
  readonly environment: string;
  readonly kind: 'added' | 'changed' | 'removed';
  readonly isProduction: boolean;
  /** Why nothing below is known, as Markdown of our own. */
  readonly unknown?: string;
  /** The ids, where the environment moves from one to another. Zeros stand for none. */
  readonly subscription?: Change<string>;
  /** What holds most to lose first; of an environment that comes or goes all that it has. */
  readonly resources: readonly ResourceChange[];
}

/** One thing in Azure. */
export interface ResourceChange {
  /** Such as `Microsoft.KeyVault/vaults`. */
  readonly type: string;
  /** As people would call it. */
  readonly name: string;
  /** As Azure does; its subscription is called `own`. */
  readonly id: string;
  readonly kind: 'added' | 'changed' | 'removed';
  /** It belongs to another that comes or goes with it, of which that is said. */
  readonly isPart: boolean;
  /** Azure does not change something of it that would have to change: it would have to be deleted and made anew. */
  readonly isRefused: boolean;
  /** What differs; empty for what comes or goes. */
  readonly values: readonly AzureValueChange[];
  /** A clause without a full stop. */
  readonly says: string;
  /** Sentences on what comes with it. */
  readonly effects: readonly string[];
  /** What a reviewer must not overlook of it, each in sentences of its own. */
  readonly dangers: readonly string[];
}

/** A setting by its path, such as `sku.capacity`; undefined where it is not set. */
export interface AzureValueChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

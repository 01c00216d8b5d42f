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
  /** Whose budget is smaller from now on, where nobody knows here what they have spent of it. */
  readonly perhapsRefused: readonly Caller[];
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
  /** Revoked: no secret of it opens the gateway any more, under whatever name. */
  readonly kind: 'added' | 'changed' | 'moved' | 'renamed' | 'revoked' | 'rotating' | 'rotated';
  /** What a key that moved or is renamed was called, and whose it was. */
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

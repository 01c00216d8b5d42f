import { NotStarted, RpcProcess } from './rpc-process.ts';

/** The one version whose answers are committed: another may write the same resource differently. */
const BICEP_VERSION = '0.49.2';

/** The first answer loads all types of Azure; a busy machine takes ten times as long as an idle one. */
const TIMEOUT_MS = 60_000;

/** It lives for seconds: too short to be worth studying its own code, or collecting garbage beside its work. Half the time. */
const FOR_A_SHORT_LIFE = { DOTNET_TieredPGO: '0', DOTNET_gcConcurrent: '0' };

/** There is no Bicep, or not the pinned one; the message says what to do. */
export class BicepUnavailable extends Error {}

/** Where a parameter file is evaluated. Azure is not asked. */
export interface SnapshotPlace {
  readonly subscriptionId: string;
  readonly location: string;
}

/** A misspelt property is a mere warning to the compiler, so that each counts, whatever its level. */
export interface Diagnostic {
  /** The absolute path of a file. */
  readonly source: string;
  /** Lines and characters count from 0. */
  readonly range: { readonly start: { readonly line: number; readonly char: number } };
  readonly code: string;
  readonly message: string;
}

export interface Compilation {
  readonly contents?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** What would be created, as the compiler says it; `reference(...)` stands for what only Azure knows. */
export interface Snapshot {
  readonly predictedResources: readonly Readonly<Record<string, unknown>>[];
  /** Each is a failure: the compiler leaves out whole modules and says so here alone. */
  readonly diagnostics: readonly unknown[];
}

/** The Bicep compiler as one process for many evaluations: it takes 2 s to start, and 0.1 s for each of them. */
export class BicepProcess {
  readonly #rpc: RpcProcess;

  private constructor(program: string, variables: NodeJS.ProcessEnv) {
    this.#rpc = new RpcProcess(program, ['jsonrpc', '--stdio'], { ...FOR_A_SHORT_LIFE, ...variables });
  }

  /**
   * Starts `program`, a path or a name on PATH, with the environment variables of this process. Throws
   * `BicepUnavailable` where it is not the pinned Bicep.
   */
  static async start(program: string, variables: NodeJS.ProcessEnv): Promise<BicepProcess> {
    const bicep = new BicepProcess(program, variables);
    try {
      await bicep.#checkVersion(program);
      return bicep;
    } catch (error) {
      await bicep.stop();
      throw error;
    }
  }

  /** A template and its modules as the JSON that Azure takes, which there is none of where they are wrong. */
  async compile(path: string): Promise<Compilation> {
    return (await this.#rpc.call('bicep/compile', { path }, TIMEOUT_MS)) as Compilation;
  }

  /**
   * What the compiler says against a .bicepparam file. A path is used for one text in the life of a process, since the
   * compiler keeps what it has read.
   */
  async diagnose(path: string): Promise<readonly Diagnostic[]> {
    const answer = await this.#rpc.call('bicep/compileParams', { path, parameterOverrides: {} }, TIMEOUT_MS);
    return (answer as Compilation).diagnostics;
  }

  /** Evaluates a .bicepparam file. Throws why that is not possible. */
  async snapshot(path: string, { subscriptionId, location }: SnapshotPlace): Promise<Snapshot> {
    const metadata = { tenantId: null, subscriptionId, resourceGroup: null, location, deploymentName: 'tollgate' };
    const answer = await this.#rpc.call('bicep/getSnapshot', { path, metadata, externalInputs: [] }, TIMEOUT_MS);
    return JSON.parse((answer as { snapshot: string }).snapshot) as Snapshot;
  }

  /** Ends the process. */
  stop(): Promise<void> {
    return this.#rpc.stop();
  }

  async #checkVersion(program: string): Promise<void> {
    const { version } = (await this.#rpc.call('bicep/version', {}, TIMEOUT_MS).catch((error: unknown) => {
      if (error instanceof NotStarted)
        throw new BicepUnavailable(
          `${program} cannot be started: put Bicep ${BICEP_VERSION} on PATH, or set BICEP_PATH`,
        );
      throw error;
    })) as { version: string };
    if (version === BICEP_VERSION) return;
    throw new BicepUnavailable(
      `${program} is Bicep ${version}, and ${BICEP_VERSION} is pinned: put that on PATH, or set BICEP_PATH`,
    );
  }
}

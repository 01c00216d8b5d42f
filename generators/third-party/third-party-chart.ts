import type { ChartKey } from '../../environments/schema/artifacts.ts';
import type { RenderContext } from '../render-context.ts';

/** A chart of another maker, which Argo CD installs from its registry. `dist/` holds no manifest of it. */
export interface ThirdPartyChart {
  /** Of the Application, of its folder in dist/ and of the Helm release. */
  readonly name: string;
  readonly chart: ChartKey;
  readonly namespace: string;
  /** When Argo CD syncs it, as in `Component`. */
  readonly wave: number;
  readonly isUsed: (context: RenderContext) => boolean;
  readonly settings: (context: RenderContext) => readonly ChartSetting[];
  /** The kinds of its own that the chart brings are left out. */
  readonly skipsCrds?: true;
  /** What the chart makes with these settings; the project of the environment allows nothing else. */
  readonly kinds: readonly ChartKind[];
}

/** One value that is not the chart's own default. */
export interface ChartSetting {
  /** Such as `controller.replicaCount`; a dot inside a key is written `\.`. */
  readonly path: string;
  readonly value: SettingValue;
  /** Why it is set: the comment beside it. */
  readonly why: string;
  /** The path was not found in the values.yaml of the version that is pinned. */
  readonly isUnverified?: true;
}

export type SettingValue =
  | string
  | number
  | boolean
  | readonly SettingValue[]
  | { readonly [key: string]: SettingValue };

export interface ChartKind {
  /** Empty for the kinds of Kubernetes' first API. */
  readonly group: string;
  readonly kind: string;
  readonly isNamespaced: boolean;
}

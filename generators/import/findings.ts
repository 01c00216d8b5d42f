/** Something of LiteLLM's that has no counterpart in an environment's files. None of it holds a value that may be secret. */
export interface Gap {
  /** Such as `config.yaml:12`, or a table and its column. */
  readonly place: string;
  readonly found: string;
  readonly reason: string;
  readonly advice: string;
}

/** A value that an environment's files refer to and the vault has to hold. */
export interface NeededSecret {
  readonly variable: string;
  /** Where its value is now. */
  readonly source: string;
}

/** What a person has to know about an import, collected on the way. */
export interface Findings {
  readonly gaps: Gap[];
  readonly secrets: NeededSecret[];
  /** What was decided where LiteLLM's files and ours differ in form alone. */
  readonly notes: string[];
}

/** Findings of an import that has not begun. */
export function newFindings(): Findings {
  return { gaps: [], secrets: [], notes: [] };
}

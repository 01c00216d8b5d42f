/** A template as the compiler writes it for Azure. */
export interface CompiledTemplate {
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly resources: Readonly<Record<string, CompiledResource>>;
}

export interface CompiledResource {
  readonly type: string;
  readonly name: string;
  /** Only looked up. */
  readonly existing?: true;
  readonly condition?: string;
  readonly copy?: { readonly count: string; readonly mode?: string; readonly batchSize?: number };
  readonly dependsOn?: readonly string[];
  readonly resourceGroup?: string;
  readonly properties?: {
    readonly parameters?: Readonly<Record<string, { readonly value?: unknown }>>;
    readonly template?: CompiledTemplate;
  };
}

/** A resource or a call of a module, with parameters and variables replaced by what they stand for. */
export interface Step {
  /** Symbols from the outermost call inwards, such as `coreStack/registry/pulls`. */
  readonly path: string;
  readonly resource: CompiledResource;
  readonly parent: Step | undefined;
  /** Paths of what it waits for, in the same template. */
  readonly waitsFor: readonly string[];
  readonly name: string;
  /** All of it but what a called module holds. */
  readonly text: string;
  /** Whether there are environments without it: Azure then forgets who waits for it, and for what it waits. */
  readonly isOptional: boolean;
}

/** How often a loop turns that goes over what is written in the template itself. */
const LITERAL_LIST = /^\[length\((createArray\(|\[)/;

/** Every resource and call of a compiled template and of all that it calls. */
export function stepsOf(
  template: CompiledTemplate,
  parameters: Readonly<Record<string, string>> = {},
  parent?: Step,
): Step[] {
  const replace = replacer(template, parameters);
  const prefix = parent === undefined ? '' : `${parent.path}/`;
  return Object.entries(template.resources).flatMap(([symbol, resource]): Step[] => {
    const { template: called, parameters: given = {}, ...properties } = resource.properties ?? {};
    const count = replace(resource.copy?.count ?? '');
    const step: Step = {
      path: prefix + symbol,
      resource,
      parent,
      waitsFor: (resource.dependsOn ?? []).map((other) => prefix + symbolOf(other)),
      name: replace(resource.name),
      text: replace(JSON.stringify(called === undefined ? resource : { ...resource, properties })),
      isOptional: resource.condition !== undefined || (count.includes('parameters(') && !LITERAL_LIST.test(count)),
    };
    if (called === undefined) return [step];
    const values = Object.entries(given).map(([name, { value }]) => [name, replace(expressionOf(value))]);
    return [step, ...stepsOf(called, Object.fromEntries(values) as Readonly<Record<string, string>>, step)];
  });
}

/** Whether `first` is done by the time that `second` begins, in every environment. */
export function isBefore(first: Step, second: Step, steps: ReadonlyMap<string, Step>): boolean {
  return withCallers(second).some((step) => {
    const done = doneBefore(step, steps);
    return withCallers(first).some(({ path }) => done.has(path));
  });
}

/** A step, the call that it belongs to, the call around that, and so on. */
export function withCallers(step: Step): Step[] {
  return step.parent === undefined ? [step] : [step, ...withCallers(step.parent)];
}

function doneBefore(step: Step, steps: ReadonlyMap<string, Step>): Set<string> {
  const done = new Set(step.waitsFor);
  for (const path of done) {
    const other = steps.get(path);
    if (other !== undefined && !other.isOptional) for (const further of other.waitsFor) done.add(further);
  }
  return done;
}

/** Of `registry`, or of one turn of a loop: `[format('pulls[{0}]', copyIndex())]`. */
function symbolOf(dependency: string): string {
  return /^\[format\('(\w+)/.exec(dependency)?.[1] ?? dependency;
}

function replacer({ variables = {} }: CompiledTemplate, parameters: Readonly<Record<string, string>>) {
  const replace = (text: string): string =>
    text.replaceAll(/\b(parameters|variables)\('([^']+)'\)/g, (whole, kind: string, name: string) => {
      if (kind === 'parameters') return parameters[name] ?? whole;
      // What is loaded from a table holds no expression.
      return name in variables && !name.startsWith('$') ? replace(expressionOf(variables[name])) : whole;
    });
  return replace;
}

function expressionOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return typeof value === 'string' && text.startsWith('[') ? text.slice(1, -1) : text;
}

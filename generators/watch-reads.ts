/** A copy of a JSON value that remembers which of its fields were read. */
export interface WatchedValue {
  readonly value: unknown;
  /** Whether it was read, by the field's path, such as `spec.replicas`. */
  readonly reads: ReadonlyMap<string, boolean>;
}

/** Copies `value` so that `unreadFields` can tell what nobody looked at. */
export function watchReads(value: unknown): WatchedValue {
  const reads = new Map<string, boolean>();
  return { value: watch(value, '', reads), reads };
}

/** The outermost fields that were not read: their own fields are not listed. */
export function unreadFields({ reads }: WatchedValue): string[] {
  const unread = [...reads].filter(([, wasRead]) => !wasRead).map(([field]) => field);
  return unread.filter((field) => !unread.some((outer) => field.startsWith(`${outer}.`)));
}

function watch(value: unknown, path: string, reads: Map<string, boolean>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const copy: object = Array.isArray(value) ? [] : {};
  const fieldPath = (key: string) => (path === '' ? key : `${path}.${key}`);
  for (const [key, child] of Object.entries(value)) {
    reads.set(fieldPath(key), false);
    Reflect.set(copy, key, watch(child, fieldPath(key), reads));
  }
  return new Proxy(copy, {
    get(target, key, receiver): unknown {
      if (typeof key === 'string' && Object.hasOwn(target, key)) reads.set(fieldPath(key), true);
      return Reflect.get(target, key, receiver);
    },
  });
}

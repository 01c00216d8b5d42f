interface Amounts {
  readonly cpu: string;
  readonly memory: string;
  /** As the request, where left out. */
  readonly cpuLimit?: string;
  readonly memoryLimit?: string;
}

/** Requests and limits of a container; a request without a limit of its own is the limit too. */
export function containerResources({ cpu, memory, cpuLimit = cpu, memoryLimit = memory }: Amounts) {
  return { requests: { cpu, memory }, limits: { cpu: cpuLimit, memory: memoryLimit } };
}

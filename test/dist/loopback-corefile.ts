// Two things differ on loopback from a cluster on AKS: the port of DNS, and where resolvers are found.

/** Where DNS is served and asked on loopback, as ports. */
export interface LoopbackPorts {
  readonly dns: number;
  /** What the nodes' resolv.conf names. */
  readonly nodeResolver: number;
  /** Stand-ins by the address that they stand for. */
  readonly resolvers: Readonly<Record<string, number>>;
}

/**
 * The Corefile that AKS gives every cluster. Left out: `kubernetes`, which needs an API server. It looks every two
 * seconds, not every thirty, whether a file has changed, and what it serves beside DNS takes any port.
 */
export function aksCorefile(ports: LoopbackPorts): string {
  return `.:${ports.dns} {
    bind 127.0.0.1
    errors
    ready 127.0.0.1:0
    health 127.0.0.1:0 {
      lameduck 5s
    }
    prometheus 127.0.0.1:0
    forward . 127.0.0.1:${ports.nodeResolver}
    cache 30
    loop
    reload 2s 1s
    loadbalance
    import custom/*.override
    template ANY ANY internal.cloudapp.net {
      match "^(?:[^.]+\\.){4,}internal\\.cloudapp\\.net\\.$"
      rcode NXDOMAIN
      fallthrough
    }
    template ANY ANY reddog.microsoft.com {
      rcode NXDOMAIN
    }
}
import custom/*.server
`;
}

/** Rendered server blocks with the port of DNS and the resolvers' addresses moved to loopback, and nothing else. */
export function onLoopback(serverBlocks: string, ports: LoopbackPorts): string {
  return moves(ports).reduce((text, [from, to]) => text.replaceAll(from, to), serverBlocks);
}

/** Undoes it. */
export function asRendered(serverBlocks: string, ports: LoopbackPorts): string {
  return moves(ports).reduce((text, [from, to]) => text.replaceAll(to, from), serverBlocks);
}

function moves(ports: LoopbackPorts): [string, string][] {
  const resolvers = Object.entries(ports.resolvers);
  return [
    [':53 {', `:${ports.dns} {\n    bind 127.0.0.1`],
    [':53,', `:${ports.dns},`],
    ...resolvers.map(([address, port]): [string, string] => [` ${address} `, ` 127.0.0.1:${port} `]),
  ];
}

/** A resolver that has one answer to everything. */
export function standIn(port: number, answer: string): string {
  return `.:${port} {
    bind 127.0.0.1
    template IN A . {
      answer "{{ .Name }} 60 IN A ${answer}"
    }
}
`;
}

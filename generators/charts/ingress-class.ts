/** What ties an Ingress to F5's controller; its chart makes the class. */
export const INGRESS_CLASS = 'nginx';

/** Marks an Ingress as paths of a host name whose master is another one. */
export const MINION = { 'nginx.org/mergeable-ingress-type': 'minion' };

/** An id of Azure without what all of one environment share: `virtualNetworks/vnet-tollgate-prod/subnets/snet-aks`. */
export function shortenIds(text: string): string {
  return text.replaceAll(
    /\/subscriptions\/[^/'\s]+(\/resourceGroups\/[^/'\s]+)?\/providers\/Microsoft\.[A-Za-z]+\//gi,
    '',
  );
}

/** The last name in an id or in an expression that looks one up, such as the identity behind `[reference('...').principalId]`. */
export function lastName(text: string): string {
  const id = /\/subscriptions\/[^'\s]+/i.exec(text)?.[0] ?? text;
  return id.slice(id.lastIndexOf('/') + 1);
}

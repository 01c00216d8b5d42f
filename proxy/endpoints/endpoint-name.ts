/** The endpoints that are forwarded, by the name they have in spend logs. */
export type EndpointName = 'chat_completions' | 'embeddings';

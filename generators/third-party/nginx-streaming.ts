/** Seconds between two bytes of an answer; an upstream of the gateway may think for ten minutes. */
export const STREAM_SECONDS = 620;

/** What NGINX needs to pass on a stream of tokens: keys of its ConfigMap, and annotations behind `nginx.org/`. */
export const NGINX_STREAMING: Readonly<Record<string, string>> = {
  'proxy-buffering': 'False',
  'proxy-read-timeout': `${STREAM_SECONDS}s`,
  'proxy-send-timeout': `${STREAM_SECONDS}s`,
  'proxy-connect-timeout': '10s',
  'client-max-body-size': '32m',
  'lb-method': 'least_conn',
  keepalive: '64',
};

/**
 * Where a credential may begin: behind nothing that belongs to a word, or behind what stands for a character, as in
 * `"a\nsk-..."`, `\u0022sk-...` and `%22sk-...`. Wraps the pattern of what follows.
 */
function starting({ source, flags }: RegExp, word = String.raw`[\w-]`): RegExp {
  return new RegExp(String.raw`(?<=(?<!${word})|\\[nrt]|\\u[0-9A-Fa-f]{4}|%[0-9A-Fa-f]{2})${source}`, flags);
}

/** Only shapes that nothing but a credential has: a false alarm teaches people to look away. */
export const SECRET_SHAPES: readonly { readonly kind: string; readonly pattern: RegExp }[] = [
  // OpenAI, Anthropic, OpenRouter, DeepSeek and LiteLLM.
  { kind: 'a raw key', pattern: starting(/sk-[\w-]{16,}/g) },
  { kind: 'a Groq key', pattern: starting(/gsk_[0-9A-Za-z]{32,}/g) },
  { kind: 'an xAI key', pattern: starting(/xai-[0-9A-Za-z]{32,}/g) },
  { kind: 'a Perplexity key', pattern: starting(/pplx-[0-9A-Za-z]{40,}/g) },
  { kind: 'an NVIDIA key', pattern: starting(/nvapi-[\w-]{40,}/g) },
  { kind: 'a Replicate key', pattern: starting(/r8_[0-9A-Za-z]{37}(?![\w-])/g) },
  { kind: 'a Fireworks key', pattern: starting(/fw_[0-9A-Za-z]{22,}(?![\w-])/g) },
  { kind: 'a Hugging Face token', pattern: starting(/hf_[0-9A-Za-z]{30,}/g) },
  { kind: 'a Databricks token', pattern: starting(/dapi[0-9a-f]{32}(?![\w])/g) },
  { kind: 'a Cerebras key', pattern: starting(/csk-[0-9a-z]{32,}(?![\w-])/g) },
  { kind: 'a Together key', pattern: starting(/tgp_v1_[\w-]{32,}/g) },
  { kind: 'a Bedrock key', pattern: starting(/ABSK[0-9A-Za-z+/]{40,}={0,2}/g, String.raw`[\w+/-]`) },
  { kind: 'a Google key', pattern: starting(/AIza[\w-]{35}(?![\w-])/g) },
  { kind: 'an Azure key', pattern: starting(/[0-9A-Za-z]{52}JQQJ99[0-9A-Za-z]{26}(?![\w-])/g) },
  // The older keys of Azure are 32 hex digits, as many other things are.
  {
    kind: 'an Azure key',
    pattern: /(?<=(?:api|subscription|openai|account)[-_]?key["']?\s{0,3}[:=]\s{0,3}["']?)[0-9a-f]{32}(?!\w)/gi,
  },
  { kind: 'an Azure storage key', pattern: /(?<=\b(?:AccountKey|SharedAccessKey)=)[0-9A-Za-z+/]{42,86}={1,2}/g },
  {
    kind: 'an Entra client secret',
    pattern: starting(/[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~.-])/g, String.raw`[\w~.-]`),
  },
  { kind: 'an AWS key', pattern: starting(/(?:AKIA|ASIA)[0-9A-Z]{16}(?![\w-])/g) },
  {
    kind: 'an AWS key',
    pattern: /(?<=aws_secret_access_key["']?\s{0,3}[:=]\s{0,3}["']?)[0-9A-Za-z+/]{40}(?![\w+/])/gi,
  },
  { kind: 'a GitHub token', pattern: starting(/(?:gh[pousr]_[0-9A-Za-z]{36,}|github_pat_\w{50,})/g) },
  { kind: 'a GitLab token', pattern: starting(/glpat-[\w-]{20,}/g) },
  { kind: 'an npm token', pattern: starting(/npm_[0-9A-Za-z]{36}(?![\w-])/g) },
  { kind: 'a Slack token', pattern: starting(/xox[abeprs]-[0-9A-Za-z-]{20,}/g) },
  { kind: 'a Slack webhook', pattern: /hooks\.slack\.com\/services\/T\w{6,}\/B\w{6,}\/\w{20,}/g },
  { kind: 'a Stripe key', pattern: starting(/[rs]k_live_[0-9A-Za-z]{16,}/g) },
  { kind: 'a token', pattern: starting(/eyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{20,}/g) },
  { kind: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/g },
  { kind: 'a password in an address', pattern: /\b[a-z][a-z+]{2,20}:\/\/[^\s:/@"']{0,64}:[^\s/@"']{3,256}@/gi },
  {
    kind: 'a password',
    pattern: /(?<=\b(?:Server|Host|Data Source)=[^\n"']{1,200};\s?(?:Password|Pwd)=)[^;\s"'${}<]{6,128}/gi,
  },
];

/** What stands behind a name such as `MISTRAL_API_KEY=` or `mistral_api_key:`, in a file of any kind; a `previous_token` is a hash. */
export const ASSIGNED_SECRET =
  /(?<=(?:api[-_]key|[0-9a-z](?<!previous)[-_](?:secret|password|token))["'`]?\s{0,3}[:=]\s{0,3}["'`]?)[\w+/=.~-]{24,256}(?![\w+/=.~(-])/gi;

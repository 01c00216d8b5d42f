/** Shows a new key this once: it alone on standard output, what there is to say about it on standard error. */
export function showKey(key: string, lines: { title: string; file: string; environment: string }): void {
  console.error(`${lines.title}. This is the only time that it is shown; its hash is in ${lines.file}:\n`);
  console.log(key);
  const next =
    lines.environment === 'local' ? 'It works at once where `npm start` runs.' : 'It works once this is merged.';
  console.error(`\n${next}`);
}

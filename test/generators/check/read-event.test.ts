import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readEvent } from '../../../generators/check/read-event.ts';

function eventFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-event-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'event.json'), text);
  return join(folder, 'event.json');
}

describe('readEvent', () => {
  test.each([
    [
      'a pull request gives its base and its labels',
      { pull_request: { base: { sha: 'abc' }, labels: [{ name: 'policy' }, { name: 'blast-radius:all' }] } },
      { base: 'abc', labels: ['policy', 'blast-radius:all'] },
    ],
    [
      'one without labels has none',
      { pull_request: { base: { sha: 'abc' }, labels: [] } },
      { base: 'abc', labels: [] },
    ],
    ['a merge group gives its base alone', { merge_group: { base_sha: 'def' } }, { base: 'def' }],
    ['a push says nothing of a change', { before: 'abc', after: 'def' }, {}],
    ['nor does a list', [], {}],
  ])('%s', (_title, payload, change) => {
    expect(readEvent(eventFile(JSON.stringify(payload)))).toEqual(change);
  });

  test('an event that cannot be read is refused', () => {
    expect(() => readEvent(eventFile('{'))).toThrow('GITHUB_EVENT_PATH: the event cannot be read: ');
    expect(() => readEvent('/nowhere/event.json')).toThrow('GITHUB_EVENT_PATH: the event cannot be read: ENOENT');
  });
});

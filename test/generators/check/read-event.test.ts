import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readEvent } from '../../../generators/check/read-event.ts';
import { planRepository } from '../plan/plan-repository.ts';

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
    expect(readEvent(eventFile(JSON.stringify(payload)), tmpdir())).toEqual(change);
  });

  test('an event that cannot be read is refused', () => {
    expect(() => readEvent(eventFile('{'), tmpdir())).toThrow('GITHUB_EVENT_PATH: the event cannot be read: ');
    expect(() => readEvent('/nowhere/event.json', tmpdir())).toThrow(
      'GITHUB_EVENT_PATH: the event cannot be read: ENOENT',
    );
  });

  test('a pull request that GitHub merged for the run starts from what it was merged into', () => {
    const repository = planRepository();
    const stale = repository.git('rev-parse', 'HEAD').trim();
    repository.git('switch', '--quiet', '-c', 'change');
    repository.put('docs/change.md', 'new');
    const head = repository.commit();
    repository.git('switch', '--quiet', 'main');
    repository.put('docs/others.md', 'merged since');
    const base = repository.commit();
    repository.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'change');
    const event = (sha: string) =>
      eventFile(JSON.stringify({ pull_request: { base: { sha: stale }, head: { sha }, labels: [] } }));

    expect(readEvent(event(head), repository.root).base).toBe(base);
    // The merge is not that of this pull request.
    expect(readEvent(event(stale), repository.root).base).toBe(stale);
    repository.git('switch', '--quiet', 'change');
    expect(readEvent(event(head), repository.root).base).toBe(stale);
  });
});

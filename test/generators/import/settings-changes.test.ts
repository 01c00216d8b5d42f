import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { editSettingsText, settingsChanges } from '../../../generators/import/settings-changes.ts';

const WANTED = {
  master_key: 'os.environ/MASTER',
  database: { url: 'os.environ/DB', pool_limit: 5 },
  cache: { type: 'local', ttl: 60 },
};

function edit(text: string): string {
  return editSettingsText(text, settingsChanges(text, WANTED));
}

describe('an environment.yaml that is there already', () => {
  test('keeps its comments, its order and every line that the import is not about', () => {
    const text = `# ours
name: dev                  # the folder's name
host_names: [a.example.com]
gateway:
  # the key of keys
  master_key: os.environ/LITELLM_MASTER_KEY   # by hand
  database: { url: os.environ/DB }
alerts: { emails: [a@example.com] }
`;

    expect(edit(text)).toBe(`# ours
name: dev                  # the folder's name
host_names: [a.example.com]
gateway:
  # the key of keys
  master_key: os.environ/MASTER   # by hand
  database: { url: os.environ/DB, pool_limit: 5 }
  cache: { type: local, ttl: 60 }
alerts: { emails: [a@example.com] }
`);
  });

  test('is edited whatever form its blocks have', () => {
    const text = `name: dev
gateway:
  database:
    url: os.environ/OTHER
  cache:
    type: redis
    host: os.environ/REDIS_HOST
`;

    expect(parse(edit(text))).toEqual({ name: 'dev', gateway: WANTED });
    expect(parse(edit('name: dev\n'))).toEqual({ name: 'dev', gateway: WANTED });
    expect(edit(edit(text))).toBe(edit(text));
  });

  test('is left alone where it says the same', () => {
    const text = 'gateway: { master_key: os.environ/MASTER, database: { url: os.environ/DB, pool_limit: 5 } }\n';

    expect(settingsChanges(text, { master_key: WANTED.master_key, database: WANTED.database })).toEqual([]);
  });
});

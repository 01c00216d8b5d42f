import { describe, expect, test } from 'vitest';
import { refuseSecrets } from '../../../generators/import/check-files.ts';

describe('the files of an import', () => {
  test('are refused as a whole where a credential would stand in one, which is not shown', () => {
    const secret = ['sk', 'misplaced', 'Qw8rT2yU5iOp3As6'].join('-');
    const path = 'environments/demo/models.yaml';

    expect(() => refuseSecrets([{ path, before: undefined, text: `a: 1\nb: ${secret}\n` }])).toThrow(
      /^nothing is written, since a credential would stand in a file:\n {2}environments\/demo\/models\.yaml:2: a raw key$/,
    );
  });

  test('pass without one', () => {
    expect(() => refuseSecrets([{ path: 'a.yaml', before: undefined, text: 'a: 1\n' }])).not.toThrow();
  });
});

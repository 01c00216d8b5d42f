import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { recoverBudgets } from '../../../proxy/spend/recover-budgets.ts';
import { spendRow } from '../../support/spend-row.ts';
import { tempFolder } from '../../support/temp-folder.ts';

it('tells budgets of every row that an earlier process left, and of nothing else', async () => {
  const folder = tempFolder();
  const rows = [spendRow('a', { cost_nano_usd: 5 }), spendRow('b', { cost_nano_usd: 7, team_id: 'ml' }), spendRow('c')];
  const [first, second, third] = rows.map((row) => JSON.stringify(row));
  writeFileSync(join(folder, '000000000000001.ndjson'), `${first}\nnot json\n[1]\nnull\n${second}\n`);
  writeFileSync(join(folder, '000000000000002.ndjson'), `${third?.slice(0, -5)}`);
  const recovered: unknown[] = [];
  await recoverBudgets(folder, {
    openWindows: () => [],
    addRecovered: (row) => recovered.push([row.team_id, row.cost_nano_usd]),
    replaceRecovered: () => undefined,
  });
  expect(recovered).toEqual([
    ['search', 5],
    ['ml', 7],
  ]);
});

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { analyses } from '../packages/analytics/src/analyses/registry.gen.ts';
import type { Analysis } from '../packages/analytics/src/analysis/index.ts';
import { jsonSchemaOf } from '../packages/contracts/src/index.ts';
import { rebalanceInput } from '../packages/engine/src/index.ts';
import { isMain } from './is-main.ts';

/**
 * What the server tells of the analyses without reading them: there are many, and a start should not
 * wait for them.
 */
const file = 'apps/plimsoll/src/http/analyses.gen.json';
const path = join(dirname(import.meta.dirname), file);

/** The text of the generated file. */
export function analysesText(all: readonly Analysis[] = analyses): string {
  const described = all.map(({ id, group, title, summary, input }) => ({
    id,
    group,
    title,
    summary,
    input: jsonSchemaOf(input),
  }));
  const analyses = described.map((one) => JSON.stringify(one)).join(',\n');
  const rebalance = JSON.stringify(jsonSchemaOf(rebalanceInput));
  return `{"analyses": [\n${analyses}\n],\n"rebalance": ${rebalance}}\n`;
}

function main(): void {
  const text = analysesText();
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    console.error(`${file} is stale. Run: npm run gen`);
    process.exitCode = 1;
  }
}

if (isMain(import.meta)) main();

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { asyncApi } from '../packages/contracts/src/index.ts';
import { isMain } from './is-main.ts';

/** Below the repository; committed, and served at `/docs/asyncapi.json`. */
const document = 'docs/asyncapi.json';
const path = join(dirname(import.meta.dirname), document);

const fresh = (): string => `${JSON.stringify(asyncApi(), null, 2)}\n`;

function main(): void {
  if (existsSync(path) && readFileSync(path, 'utf8') === fresh()) return;
  if (!process.argv.includes('--check')) {
    writeFileSync(path, fresh());
    return;
  }
  console.error(`${document} is stale. Run: npm run gen`);
  process.exitCode = 1;
}

if (isMain(import.meta)) main();

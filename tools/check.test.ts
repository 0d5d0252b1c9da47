import { expect, it } from 'vitest';
import { ofItsOwn } from './check.ts';

const tsc = (project: string): string[] => ['tsc', '-p', project];
const output = [
  "packages/engine/src/a.ts(1,2): error TS2322: Type 'X' is not assignable.",
  '  The reason of it.',
  "packages/quant/src/b.ts(3,4): error TS2532: Object is possibly 'undefined'.",
  '  Another reason.',
].join('\n');

it('judges a file by the settings of its own workspace', () => {
  expect(ofItsOwn(tsc('tsconfig.json'), output)).toBe(output.split('\n').slice(0, 2).join('\n'));
  expect(ofItsOwn(tsc('packages/quant/tsconfig.json'), output)).toBe(
    output.split('\n').slice(2).join('\n'),
  );
  expect(ofItsOwn(tsc('packages/analytics/tsconfig.json'), output)).toBe('');
});

it('keeps what is said of no file', () => {
  const crash = "error TS5083: Cannot read file 'tsconfig.json'.";
  expect(ofItsOwn(tsc('packages/quant/tsconfig.json'), crash)).toBe(crash);
});

import { expect, test } from 'vitest';
import { judge, type Piece } from './budgets.ts';

const allowed = { entry: 10, route: 5, firstScreen: 14, whole: 20 };
const piece = (fileName: string, kilobytes: number, more: Partial<Piece> = {}): Piece => ({
  fileName,
  isEntry: false,
  imports: [],
  madeFor: null,
  bytes: kilobytes * 1024,
  ...more,
});

test('counts what the entry imports at once, and only once', () => {
  const shared = piece('shared.js', 3);
  const { sizes, faults } = judge(
    [
      piece('main.js', 6, { isEntry: true, imports: ['shared.js'] }),
      piece('overview.js', 4, {
        imports: ['shared.js'],
        madeFor: '/src/features/overview/Page.tsx',
      }),
      shared,
    ],
    allowed,
  );
  expect(sizes).toMatchObject({ entry: 9, firstScreen: 13, whole: 13 });
  expect(faults).toEqual([]);
});

test('names each budget that is passed', () => {
  const { faults } = judge(
    [piece('main.js', 11, { isEntry: true }), piece('settings.js', 6), piece('rest.js', 4)],
    allowed,
  );
  expect(faults).toEqual([
    'The entry is 11.0 KB gz, 10 KB are allowed',
    'The whole app is 21.0 KB gz, 20 KB are allowed',
    'The piece settings.js is 6.0 KB gz, 5 KB are allowed',
  ]);
});

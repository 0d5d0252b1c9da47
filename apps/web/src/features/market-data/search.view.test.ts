import { expect, test } from 'vitest';
import { readDataSearch } from './search.ts';

test('the address keeps what fits and drops the rest', () => {
  expect(readDataSearch({ tab: 'quality', kind: 'repair', all: true })).toEqual({
    tab: 'quality',
    kind: 'repair',
    all: true,
  });
  expect(readDataSearch({ tab: 'x', kind: 'row', show: 7, all: 'yes', q: 123 })).toEqual({
    q: '123',
  });
});

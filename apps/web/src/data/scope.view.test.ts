import { expect, test } from 'vitest';
import { readScope } from './scope.ts';

test('the ordinary scope needs nothing in the address', () => {
  expect(readScope({ w: 'main', p: 'all' })).toEqual({});
  expect(readScope({})).toEqual({});
});

test('a scope in the address is kept, nonsense is not', () => {
  expect(readScope({ w: 'demo', p: 'pf-1', base: 'USD', other: 1 })).toEqual({
    w: 'demo',
    p: 'pf-1',
    base: 'USD',
  });
  expect(readScope({ base: 'us dollars', w: 3 })).toEqual({});
});

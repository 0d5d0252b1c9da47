import { expect, it } from 'vitest';
import type { TrustLine } from './trust-line.ts';
import { trustSentence } from './trust-sentence.ts';

const capacity = (value: number): TrustLine => ({
  ...{ id: 'capacity', title: 'Capacity', verdict: 'pass', value, unit: 'money' },
  ...{ text: 'So much.', formula: '' },
});

it.each([
  [33_800_000, 'USD 33.8 M'],
  [53_312, 'USD 53.3 k'],
  [999_950, 'USD 1 M'],
  [999.5, 'USD 1 k'],
  [12.345, 'USD 12.3'],
  [4.2e13, 'USD 42 T'],
])('tells %d as %s', (value, told) => {
  expect(trustSentence(capacity(value), 'USD')).toBe(`✓ Capacity, ${told}: So much.`);
});

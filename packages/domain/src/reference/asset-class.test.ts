import { expect, it } from 'vitest';
import { assetClassNamed, assetClassOf } from './asset-class.ts';

it.each([
  ['Equity', 'equity'],
  ['Aktien', 'equity'],
  ['Fixed Income', 'fixed-income'],
  ['Cash and/or Derivatives', 'cash'],
  ['Futures', 'derivative'],
  ['Money Market', 'cash'],
  ['REIT', 'real-estate'],
  ['multi-asset', 'multi-asset'],
  ['-', undefined],
])('a file’s "%s" is %s', (text, expected) => {
  expect(assetClassNamed(text)).toBe(expected);
});

it('is told by the kind where nobody says it, and never of a fund', () => {
  expect(assetClassOf({ kind: 'bond' })).toBe('fixed-income');
  expect(assetClassOf({ kind: 'etf' })).toBeUndefined();
  expect(assetClassOf({ kind: 'etf', assetClass: 'commodity' })).toBe('commodity');
});

import { type Decimal, decimal, formatDecimal, one } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { exposureKeys, groupExposure } from './group-exposure.ts';
import {
  type ExposureFacts,
  type ExposureLine,
  type FundPart,
  lookThrough,
  type PartsOf,
} from './look-through.ts';

const facts = (label: string, more: Partial<ExposureFacts> = {}): ExposureFacts => ({
  instrumentId: label,
  label,
  sector: null,
  country: null,
  currency: null,
  assetClass: null,
  ...more,
});
const line = (label: string, value: string, more: Partial<ExposureFacts> = {}): ExposureLine => ({
  ...facts(label, more),
  value: decimal(value),
});
const part = (label: string, weight: string, more: Partial<ExposureFacts> = {}): FundPart => ({
  ...facts(label, more),
  weight: decimal(weight),
});
const holding =
  (funds: Readonly<Record<string, readonly FundPart[]>>): PartsOf =>
  ({ instrumentId }) =>
    funds[instrumentId ?? ''];
const shown = (rows: ReturnType<typeof groupExposure>) =>
  rows.map(({ label, value, share }) => [
    label,
    formatDecimal(value),
    share === null ? null : formatDecimal(share),
  ]);

describe('a portfolio looked through', () => {
  const funds = holding({
    WORLD: [
      part('AAPL', '0.5', { sector: 'Information Technology' }),
      part('EMERGING', '0.3'),
      part('NESN', '0.1', { sector: 'Consumer Staples' }),
    ],
    EMERGING: [part('TSM', '0.9', { sector: 'Information Technology' })],
  });
  const lines = [line('WORLD', '1000'), line('AAPL', '200', { sector: 'Information Technology' })];

  // By hand: WORLD is 500 AAPL, 300 EMERGING, 100 NESN and 100 unknown; EMERGING is 270 TSM, 30 unknown.
  it('puts what is held directly and within funds together', () => {
    expect(shown(groupExposure(lookThrough(lines, funds), 'instrument'))).toEqual([
      ['AAPL', '700', '0.583333333333333334'],
      ['TSM', '270', '0.225'],
      ['NESN', '100', '0.083333333333333333'],
      ['WORLD (not looked through)', '100', '0.083333333333333333'],
      ['EMERGING (not looked through)', '30', '0.025'],
    ]);
    expect(shown(groupExposure(lookThrough(lines, funds), 'sector'))).toEqual([
      ['Information Technology', '970', '0.808333333333333334'],
      ['Consumer Staples', '100', '0.083333333333333333'],
      ['not looked through', '130', '0.108333333333333333'],
    ]);
  });

  it('says what of it is held within funds', () => {
    const [apple] = groupExposure(lookThrough(lines, funds), 'instrument');
    expect(formatDecimal(apple?.through ?? 0n)).toBe('500');
  });

  it('takes weights of more than the whole as shares of their sum', () => {
    const parts = lookThrough(
      [line('F', '100')],
      holding({ F: [part('A', '0.9'), part('B', '0.3')] }),
    );
    expect(parts.map(({ label, value }) => [label, formatDecimal(value)])).toEqual([
      ['A', '75'],
      ['B', '25'],
    ]);
  });

  it('does not go round in a circle', () => {
    const parts = lookThrough([line('F', '100')], holding({ F: [part('F', '1')] }));
    expect(parts).toMatchObject([{ label: 'F', notLookedThrough: true, through: ['F'] }]);
  });
});

const amount = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }).map((value): Decimal => value);
const weight = fc.bigInt({ min: -(10n ** 17n), max: one }).map((value): Decimal => value);
const labels = ['A', 'B', 'C', 'F', 'G', 'H'];
const someFacts = fc.record({
  instrumentId: fc.constantFrom(...labels, null),
  label: fc.constantFrom(...labels),
  sector: fc.constantFrom('Energy', 'Materials', null),
  country: fc.constantFrom('US', 'CH', null),
  currency: fc.constantFrom('USD', null),
  assetClass: fc.constantFrom('equity', null),
});
const someLines = fc.array(
  fc.tuple(someFacts, amount).map(([one, value]): ExposureLine => ({ ...one, value })),
  { maxLength: 6 },
);
const someParts = fc.array(
  fc.tuple(someFacts, weight).map(([one, share]): FundPart => ({ ...one, weight: share })),
  { maxLength: 4 },
);
const someFunds = fc.record({ F: someParts, G: someParts, H: someParts }).map(holding);
const total = (values: readonly { readonly value: Decimal }[]) =>
  values.reduce((sum, { value }) => sum + value, 0n);

test('nothing is lost and nothing made: values and shares add up exactly', () => {
  fc.assert(
    fc.property(someLines, someFunds, (lines, funds) => {
      const parts = lookThrough(lines, funds);
      expect(total(parts)).toBe(total(lines));
      for (const by of exposureKeys) {
        const rows = groupExposure(parts, by);
        expect(total(rows)).toBe(total(lines));
        const shares = rows.flatMap(({ share }) => (share === null ? [] : [share]));
        if (total(lines) > 0n) expect(shares.reduce((sum, share) => sum + share, 0n)).toBe(one);
        else expect(shares).toEqual([]);
        for (const { value, gross } of rows) {
          expect(gross >= (value < 0n ? -value : value)).toBe(true);
        }
      }
    }),
  );
});

test('where no fund is known, it is what is held', () => {
  fc.assert(
    fc.property(someLines, (lines) => {
      const parts = lookThrough(lines, () => undefined);
      expect(parts.map(({ through: _, notLookedThrough: __, ...held }) => held)).toEqual(lines);
    }),
  );
});

test('twice as much of everything is twice the exposure, but for rounding', () => {
  fc.assert(
    fc.property(someLines, someFunds, (lines, funds) => {
      const doubled = lines.map((held) => ({ ...held, value: held.value * 2n }));
      const rows = new Map(
        groupExposure(lookThrough(lines, funds), 'sector').map((row) => [row.label, row.value]),
      );
      for (const { label, value } of groupExposure(lookThrough(doubled, funds), 'sector')) {
        const off = value - 2n * (rows.get(label) ?? 0n);
        expect(off < 1_000n && off > -1_000n).toBe(true);
      }
    }),
  );
});

test('no fund within funds is deeper than three', () => {
  fc.assert(
    fc.property(someLines, someFunds, (lines, funds) => {
      for (const { through } of lookThrough(lines, funds)) {
        expect(through.length).toBeLessThanOrEqual(3);
      }
    }),
  );
});

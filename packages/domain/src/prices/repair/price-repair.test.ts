import { describe, expect, it } from 'vitest';
import type { BarColumns } from '../bar-columns.ts';
import { sharedPrices } from '../testing/shared-prices.ts';
import { noFacts, type PriceAction } from './price-action.ts';
import { repairBars } from './repair-bars.ts';

const folder = 'price_repair';
const files = sharedPrices.list(folder).filter((name) => !name.includes('-fixed'));
const fields = ['open', 'high', 'low', 'close', 'adjustedClose', 'volume'] as const;

/** Relative tolerances of the tests that these files were made for. */
function toleranceOf(name: string): number {
  if (name.includes('-no-bad-')) return 0;
  if (name.includes('-100x-error')) return 1e-2;
  return name.includes('-stock-split') ? 5e-6 : 5e-5;
}

/** The largest relative difference of any figure of any row. */
function difference(given: BarColumns, wanted: BarColumns): number {
  let most = 0;
  for (const field of fields) {
    for (let row = 0; row < wanted.days.length; row++) {
      const [a, b] = [given[field][row] as number, wanted[field][row] as number];
      if (Number.isNaN(a) && Number.isNaN(b)) continue;
      const share = a === b ? 0 : Math.abs(a - b) / Math.abs(b);
      most = Math.max(most, Number.isNaN(share) ? Number.POSITIVE_INFINITY : share);
    }
  }
  return most;
}

const figureOf = (action: PriceAction): string =>
  `${action.kind} ${action.day} ${(action.kind === 'split' ? action.ratio : action.amount).toPrecision(10)}`;

describe.skipIf(!sharedPrices.there)(
  'published pairs (skipped where ../shared/data is absent)',
  () => {
    it('are there', () => {
      expect(files.length).toBeGreaterThanOrEqual(33);
    });

    it.each(files)('%s is repaired as it should be, and then left alone', (name) => {
      const given = sharedPrices.read(`${folder}/${name}`);
      const isBad = !name.includes('-no-bad-');
      const wanted = isBad
        ? sharedPrices.read(`${folder}/${name.replace('.csv', '-fixed.csv')}`)
        : given;
      const interval = name.includes('-15m-') ? 'intraday' : 'day';
      const facts = { ...noFacts, interval } as const;
      const repaired = repairBars(given.bars, given.actions, facts);
      expect(difference(repaired.bars, wanted.bars)).toBeLessThanOrEqual(toleranceOf(name));
      expect(repaired.actions.map(figureOf)).toEqual(wanted.actions.map(figureOf));
      expect(repaired.repairs.length > 0).toBe(isBad);
      for (const { why } of repaired.repairs) expect(why).toMatch(/\d.*\.$/);
      const again = repairBars(repaired.bars, repaired.actions, facts);
      expect(again.repairs).toEqual([]);
      expect(again.bars).toEqual(repaired.bars);
    });

    it('are repaired whatever currency they are said to be in', () => {
      for (const name of files) {
        const { bars, actions } = sharedPrices.read(`${folder}/${name}`);
        const codes = (currency: string | null) =>
          repairBars(bars, actions, { ...noFacts, currency }).repairs.map(({ code }) => code);
        if (!name.includes('-15m-')) expect(codes('GBP')).toEqual(codes(null));
      }
    });
  },
);

import { plainInstrument } from '@plimsoll/domain';
import { addDays, dayNumber } from '@plimsoll/kernel';
import type { DailyBars, NewMarketAction } from '@plimsoll/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LedgerViews } from '../ledger/ledger-view.ts';
import { type TestEngine, testEngine } from '../testing/test-engine.ts';
import { priceLevels } from './price-levels.ts';

let test: TestEngine;
beforeAll(async () => {
  test = await testEngine();
}, 60_000);
afterAll(() => test.close());

const start = '2024-01-01';
const unknown = (count: number) => new Float64Array(count).fill(Number.NaN);

function barsOf(closes: readonly number[], adjusted?: readonly number[]): DailyBars {
  const count = closes.length;
  return {
    days: Int32Array.from(closes, (_, i) => dayNumber(start) + i),
    open: unknown(count),
    high: unknown(count),
    low: unknown(count),
    close: Float64Array.from(closes),
    adjustedClose: adjusted ? Float64Array.from(adjusted) : unknown(count),
    volume: unknown(count),
  };
}

const action = (fields: Partial<NewMarketAction>): NewMarketAction => ({
  id: `acme:${fields.kind}:${fields.day}`,
  instrumentId: 'acme',
  kind: 'dividend',
  day: start,
  payDay: null,
  value: '1',
  currency: 'EUR',
  other: null,
  second: null,
  source: 'yahoo',
  withdrawn: false,
  ...fields,
});

/** The level of an instrument with these prices and actions. */
async function levelOf(bars: DailyBars, actions: readonly NewMarketAction[]) {
  const { store } = test;
  const workspace = await test.workspace();
  const acme = plainInstrument({ id: 'acme', kind: 'equity', name: 'Acme', currency: 'EUR' });
  await store.write(workspace, async (unit) => {
    await unit.catalogue.saveInstruments([acme]);
    await unit.prices.merge('acme', bars, 'test');
    await unit.actions.save(actions);
  });
  const view = await new LedgerViews(store).current(workspace);
  const first = dayNumber(start);
  const query = { first, last: first + bars.days.length - 1, currency: 'EUR', splits: [] };
  const { level, counts } = await store.read(workspace, (unit) =>
    priceLevels(unit, view, acme, query),
  );
  return { level: [...level].map((value) => Number(value.toFixed(9))), counts };
}

describe('the level of an instrument', { timeout: 60_000 }, () => {
  it('has dividends reinvested and splits undone by the actions known of it', async () => {
    const bars = barsOf([100, 98, 49, 50]);
    const actions = [
      action({ kind: 'dividend', day: addDays(start, 1), value: '2' }),
      action({ kind: 'split', day: addDays(start, 2), value: '2:1' }),
    ];
    expect(await levelOf(bars, actions)).toEqual({ level: [49, 49, 49, 50], counts: 'actions' });
  });

  it('is the same where the prices have the split undone already', async () => {
    const bars = barsOf([50, 49, 49, 50]);
    const actions = [
      action({ kind: 'dividend', day: addDays(start, 1), value: '2' }),
      action({ kind: 'split', day: addDays(start, 2), value: '2:1' }),
    ];
    expect(await levelOf(bars, actions)).toEqual({ level: [49, 49, 49, 50], counts: 'actions' });
  });

  it('is the adjusted close where no provider has told of actions', async () => {
    const bars = barsOf([100, 98], [98, 98]);
    expect(await levelOf(bars, [])).toEqual({ level: [98, 98], counts: 'adjusted-close' });
    const byHand = [action({ day: addDays(start, 1), source: 'by hand' })];
    expect((await levelOf(bars, byHand)).counts).toBe('adjusted-close');
  });

  it('is the price alone where nothing is known, and says so', async () => {
    expect(await levelOf(barsOf([100, 98]), [])).toEqual({ level: [100, 98], counts: 'price' });
  });
});

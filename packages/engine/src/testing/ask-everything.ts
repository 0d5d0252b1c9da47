import { type Decimal, parseDecimal } from '@plimsoll/kernel';
import { expect } from 'vitest';
import type { Engine, PerformanceQuery } from '../engine.ts';
import { holdingFields } from '../explain/explain-holding.ts';
import { periodFigures } from '../explain/explain-period.ts';
import type { HoldingView, PerformanceView } from '../views.ts';
import { had } from './test-engine.ts';

const exactFigures = [
  'value',
  'gain',
  'realised',
  'unrealised',
  'income',
  'fees',
  'taxes',
  'fx',
  'pricePart',
  'paidIn',
] as const;

const exact = (text: string): Decimal => {
  const read = parseDecimal(text);
  if (!read.ok) throw new Error(read.fault.detail);
  return read.value;
};

/** Gain = realised + unrealised + income − fees − taxes = value − value then − net inflows, exactly. */
function expectGainToAddUp(performance: PerformanceView): void {
  const { gain, realised, unrealised, income, fees, taxes, value, startValue, paidIn } =
    performance;
  if (gain === null) {
    expect(performance.reasons['gain']).toBeTruthy();
    return;
  }
  const of = (text: string | null): Decimal => exact(text ?? 'missing');
  const parts = of(realised) + of(unrealised) + of(income) - of(fees) - of(taxes);
  expect(parts).toBe(of(gain));
  expect(of(value) - of(startValue) - of(paidIn)).toBe(of(gain));
}

/** A figure that is not stated says why, and a stated one is explained by the same value. */
async function expectExplained(
  engine: Engine,
  workspace: string,
  query: PerformanceQuery,
  performance: PerformanceView,
): Promise<void> {
  for (const figure of Object.keys(periodFigures)) {
    const derived = had(await engine.explain(workspace, { ...query, figure }));
    const stated = exactFigures.find((one) => one === figure);
    if (stated) expect([figure, derived.value]).toEqual([figure, performance[stated]]);
    if (derived.value === null)
      expect([figure, derived.reason]).toEqual([figure, expect.any(String)]);
  }
  for (const { instrumentId } of performance.contributions) {
    had(
      await engine.explain(workspace, {
        ...query,
        figure: `contribution:${instrumentId ?? 'cash'}`,
      }),
    );
  }
}

/** Asks for every view of a workspace; each must answer, agree with its derivation, and add up. */
export async function askEverything(
  engine: Engine,
  workspace: string,
): Promise<readonly HoldingView[]> {
  for (const query of [{ portfolio: 'all' }, { portfolio: 'all', base: 'USD' }]) {
    const performance = had(await engine.performance(workspace, query));
    expectGainToAddUp(performance);
    await expectExplained(engine, workspace, query, performance);
    const series = had(await engine.series(workspace, query));
    expect(series.value).toHaveLength(series.days.length);
  }
  const { holdings } = had(await engine.holdings(workspace, { portfolio: 'all', lots: true }));
  for (const held of holdings) {
    const unknown = [held.cost, held.price, held.value, held.gain].includes(null);
    if (unknown)
      expect([held.instrument, Object.keys(held.reasons)]).not.toEqual([held.instrument, []]);
  }
  for (const held of holdings) await expectHoldingExplained(engine, workspace, held);
  return holdings;
}

async function expectHoldingExplained(
  engine: Engine,
  workspace: string,
  held: HoldingView,
): Promise<void> {
  const place = `holding:${held.accountId}:${held.instrumentId ?? `cash:${held.currency}`}`;
  const inBase = { cost: held.baseCost, value: held.baseValue, gain: held.baseGain };
  for (const field of holdingFields) {
    const figure = `${place}:${field}`;
    const derived = had(await engine.explain(workspace, { portfolio: 'all', figure }));
    if (derived.value === null)
      expect([figure, derived.reason]).toEqual([figure, expect.any(String)]);
    // A price is explained as it is quoted, in pence where it is.
    if (field === 'price') continue;
    const stated = field === 'quantity' ? held.quantity : inBase[field];
    expect([figure, derived.value]).toEqual([figure, stated]);
  }
}

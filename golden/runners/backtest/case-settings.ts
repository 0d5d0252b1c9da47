import { type BacktestSettings, backtestSettings } from '@plimsoll/analytics/backtest';
import { readParameters } from '@plimsoll/kernel';
import { factsOf, granted, numberOf } from '../../case-facts.ts';
import type { GoldenCase } from '../../golden-case.ts';
import type { Towards } from './case-strategy.ts';

type Sizing =
  | { readonly kind: 'units'; readonly units: number }
  | { readonly kind: 'weight'; readonly weight: number };

/** Units, a share of equity, or all of it. */
function sizingOf(golden: GoldenCase): Sizing {
  const params = factsOf(golden['params']);
  const text = String(golden['sizing'] ?? '');
  const units = numberOf(params, 'size', 'units');
  if (units !== undefined && (units >= 1 || /units/.test(text))) return { kind: 'units', units };
  const share = units ?? numberOf(params, 'pct', 'percent', 'weight', 'frac', 'fraction');
  const said = /(\d*\.?\d+)\s*(%|percent)/.exec(text);
  const weight = share ?? (said ? Number(said[1]) / 100 : 1);
  return { kind: 'weight', weight: weight > 1 ? weight / 100 : weight };
}

/** Positions of the size that a case states. */
export function towardsOf(golden: GoldenCase): Towards {
  const sizing = sizingOf(golden);
  if (sizing.kind === 'weight') {
    return (orders, instrument, times) => orders.toWeight(instrument, times * sizing.weight);
  }
  return (orders, instrument, times) => orders.toQuantity(instrument, times * sizing.units);
}

/** Whether a case trades fractions of units. */
export const fractionsIn = (golden: GoldenCase): boolean =>
  /fraction(al|s)/.test(String(golden['sizing'] ?? ''));

/**
 * The settings that a case states. The engines it was made with let anybody sell short and turn down
 * what costs more than there is, so that is what they get here.
 */
export function settingsOf(golden: GoldenCase): BacktestSettings {
  const params = factsOf(golden['params']);
  const slippage = Number(golden['slippage'] ?? 0);
  const commission = Number(golden['commission'] ?? 0);
  return granted(
    readParameters(backtestSettings, {
      cash: Number(golden['initial_cash'] ?? 100_000),
      sizing: sizingOf(golden),
      commission: { kind: 'bps', bps: commission * 10_000 },
      ...(slippage > 0 ? { slippage: { kind: 'bps', bps: slippage * 10_000 } } : {}),
      ...(/close/.test(String(golden['execution'] ?? '')) ? { execution: 'same-close' } : {}),
      ...(params['ls'] === true
        ? { account: { kind: 'margin', initial: 1, maintenance: 1e-6 } }
        : {}),
      // An order of one instrument must be paid for at the close it is decided on, and again at its fill.
      ...(params['ls'] === true || Array.isArray(golden['data'])
        ? {}
        : { limits: { buyingPower: 1 / (1 + commission) } }),
      whenShortOfCash: 'reject',
    }),
  );
}

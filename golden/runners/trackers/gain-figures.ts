import type { LotMethod } from '@plimsoll/domain';
import { addDays, type Decimal, toFloat } from '@plimsoll/kernel';
import { factsOf } from '../../case-facts.ts';
import { near } from '../../check.ts';
import { amount, type FigureCheck } from './figure.ts';
import type { Measured, TrackerCase } from './tracker-case.ts';

const sum = (amounts: readonly (Decimal | null)[]): Decimal =>
  amounts.reduce<Decimal>((total, each) => total + (each ?? 0n), 0n);

const basisOf = ({ value }: Measured): Decimal => sum(value.holdings.map((held) => held.baseBasis));
const unrealisedOf = ({ value }: Measured): Decimal =>
  sum(value.holdings.map((held) => held.unrealised));
const lotsOf = (name: string | undefined): LotMethod =>
  name === 'moving_average' ? 'average' : 'fifo';

/** Those trackers' capital gains leave fees and taxes out. */
const bare = (tracker: TrackerCase, lots?: string): Measured =>
  tracker.measure({ fees: 'expensed', lots: lotsOf(lots) });

const cost: FigureCheck = (tracker, wanted, match) => {
  const unrounded = match[2] === '_unrounded';
  const found = basisOf(tracker.measure({ lots: lotsOf(match[1]) }));
  return [amount(`cost ${match[1] ?? ''}`.trim(), found, wanted, unrounded ? 1e-6 : undefined)];
};

const realised: FigureCheck = (tracker, wanted, match) => {
  const { gains } = bare(tracker, match[1]);
  const found = match[2] ? gains.realisedFx : gains.realised;
  return [amount(match[2] ? 'realised FX part' : 'realised gain', found, wanted)];
};

const unrealised: FigureCheck = (tracker, wanted, match) => {
  const { gains } = bare(tracker, match[1]);
  const found = match[2] ? gains.unrealisedFx : gains.unrealised;
  return [amount(match[2] ? 'unrealised FX part' : 'unrealised gain', found, wanted)];
};

const atPrice: FigureCheck = (tracker, wanted, match) =>
  Object.entries(factsOf(wanted)).map(([name, figure]) => {
    const lots = lotsOf(name.split('gain_')[1]);
    const measured = tracker.measure({ lots, fees: 'expensed', price: Number(match[1]) });
    return amount(`${name} at ${match[1]}`, unrealisedOf(measured), figure);
  });

/** A tracker that converts every lot to cents is off by half a cent for each, and for their sum. */
const centPerLot = ({ value }: Measured): number =>
  0.005 * (1 + value.holdings.reduce((count, { lots }) => count + lots.length, 0)) + 1e-12;

/** Gain ÷ (start value + paid in). */
function simpleReturn({ gains }: Measured): number | null {
  const capital = gains.startValue + gains.inflow;
  return capital > 0n ? toFloat(gains.gain) / toFloat(capital) : null;
}

const quantityOf = ({ value }: Measured): Decimal =>
  sum(value.holdings.map(({ quantity }) => quantity));

const perShare = (measured: Measured): number =>
  toFloat(basisOf(measured)) / toFloat(quantityOf(measured));

/** Figures of value, cost and gain, by the names that the cases give them. */
export const gainFigureChecks: readonly (readonly [RegExp, FigureCheck])[] = [
  [/^cost_(fifo|moving_average)(_unrounded|_incl|_eur)?$/, cost],
  [/^unrounded$/, cost],
  [/^realized(?:_gains?)?_(fifo|moving_average)(_fx_part)?$/, realised],
  [/^unrealized(?:_gains?)?_(fifo|moving_average)(_fx_part)?$/, unrealised],
  [
    /^unrealized_eur$/,
    (t, w) => [amount('unrealised gain', bare(t).gains.unrealised, w, centPerLot(bare(t)))],
  ],
  [
    /^unrealized_fx_part_eur$/,
    (t, w) => [amount('unrealised FX part', bare(t).gains.unrealisedFx, w, centPerLot(bare(t)))],
  ],
  [/^unrealized_in_period$/, (t, w) => [amount('unrealised', t.measure().gains.unrealised, w)]],
  [/^realized_in_period$/, (t, w) => [amount('realised', t.measure().gains.realised, w)]],
  [
    /^capital_gains_on_holdings(?:_fifo)?$/,
    (t, w) => [amount('gain on holdings', unrealisedOf(t.measure()), w)],
  ],
  [/^at_price_(\d+)$/, atPrice],
  [
    /^(?:market_value|final_value)(?:_eur)?$/,
    (t, w) => [amount('value', t.measure().value.total, w)],
  ],
  [/^initial_value$/, (t, w) => [amount('value at start', t.measure().gains.startValue, w)]],
  [/^(?:delta|true_profit)(?:_eur)?$/, (t, w) => [amount('gain', t.measure().gains.gain, w)]],
  [
    /^delta_percent$|^simple_return_on_\d+$/,
    (t, w) => {
      const tolerance = t.golden['fx'] === undefined ? 1e-9 : t.tolerance;
      return [near('simple return', simpleReturn(t.measure()), Number(w), tolerance)];
    },
  ],
  [
    /^fees(?:_eur)?$/,
    (t, w) => {
      const { gains } = t.measure();
      return [amount('fees', gains.fees + gains.feesInCost, w)];
    },
  ],
  [
    /^taxes(?:_eur)?$/,
    (t, w) => {
      const { gains } = t.measure();
      return [amount('taxes', gains.taxes + gains.taxesInCost, w)];
    },
  ],
  [/^(?:shares|quantity)$/, (t, w) => [amount('quantity', quantityOf(t.measure()), w)]],
  [
    /^(?:investment|true_investment)$/,
    (t, w) => [amount('cost of what is held', basisOf(t.measure()), w)],
  ],
  [/^cost_per_share$/, (t, w) => [near('cost per share', perShare(t.measure()), Number(w), 1e-9)]],
  [
    /^cost_per_share_excl$/,
    (t, w) => [near('cost per share before charges', perShare(bare(t)), Number(w), 1e-9)],
  ],
  [
    /^cost_parts_eur$/,
    (t, w) => {
      const lots = t.measure().value.holdings.flatMap((held) => held.lots);
      return (w as unknown[]).map((part, i) =>
        amount(`cost of lot ${i + 1}`, lots[i]?.baseCost ?? null, part),
      );
    },
  ],
  [
    /^(?:fifo|moving_average)_realized$/,
    (t, w, match) => {
      const lots = match[0].startsWith('fifo') ? 'fifo' : 'average';
      const { book } = t.measure({ lots });
      const closings = new Map<string, Decimal>();
      for (const { closedBy, gain } of book.matches) {
        closings.set(closedBy, (closings.get(closedBy) ?? 0n) + gain);
      }
      return (w as unknown[]).map((gain, i) =>
        amount(`${lots} gain of sale ${i + 1}`, [...closings.values()][i] ?? null, gain),
      );
    },
  ],
  [
    /^value_before_(.+)$/,
    (t, _, match) => {
      const { value } = t.measure({ until: addDays(match[1] ?? '', -1) });
      const [holding] = value.holdings;
      const earlier = holding?.known === null || (holding?.known?.day ?? 0) <= value.day;
      return [
        near('value before the first price is the own trade', toFloat(value.total), 100, 0),
        { what: 'no later price', ok: earlier, found: String(earlier), wanted: 'true' },
      ];
    },
  ],
];

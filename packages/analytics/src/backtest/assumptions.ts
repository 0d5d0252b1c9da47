import type { BacktestMarket } from './market.ts';
import type { BacktestSettings } from './settings.ts';

/** One thing that the engine takes for granted where bars do not say. */
export interface Assumption {
  /** Kept for good: documents and reports refer to it. */
  readonly number: number;
  readonly title: string;
  readonly text: string;
  /** The settings or data that make it matter, in words; empty where it always does. */
  readonly where: string;
  /** Whether it matters to a run. */
  readonly matters: (settings: BacktestSettings, market: BacktestMarket) => boolean;
}

const always = (): boolean => true;
const nextOpen = (settings: BacktestSettings): boolean => settings.execution === 'next-open';
const onMargin = (settings: BacktestSettings): boolean => settings.account.kind === 'margin';
const several = (_: BacktestSettings, { instruments }: BacktestMarket): boolean =>
  instruments.length > 1;
const foreign = (_: BacktestSettings, { base, instruments }: BacktestMarket): boolean =>
  instruments.some(({ currency }) => currency !== base);
const withEvent =
  (kind: string) =>
  (_: BacktestSettings, { instruments }: BacktestMarket): boolean =>
    instruments.some(({ events }) => events.some((event) => event.kind === kind));
const withOptions = (_: BacktestSettings, { instruments }: BacktestMarket): boolean =>
  instruments.some(({ option }) => option !== null);
const finer = (_: BacktestSettings, { instruments }: BacktestMarket): boolean =>
  instruments.some((instrument) => instrument.finer !== null);

type Rule = Omit<Assumption, 'number'>;
const rule = (
  title: string,
  text: string,
  where = '',
  matters: Assumption['matters'] = always,
): Rule => ({ title, text, where, matters });

const rules: readonly Rule[] = [
  rule(
    'A bar is known at its end',
    'A strategy is called when a bar has become known and sees bars, indicators and rates that were known by then. Bars are put in order by when they became known, not by when they happened.',
  ),
  rule(
    'Orders fill at the next open at the earliest',
    'What is decided on the close of a bar is sent then. It can fill in the first bar that opens at that time or later; an order sent after a bar has opened has missed that bar.',
    'execution: next-open',
    nextOpen,
  ),
  rule(
    'The same close only by name',
    'Market orders fill at the very close that they were decided on. No market lets you do that; the result says so.',
    'execution: same-close',
    (settings) => settings.execution === 'same-close',
  ),
  rule(
    'Gaps fill at the open',
    'A stop that the open has passed over fills at the open, however far. A limit that the open meets or betters fills at the open.',
  ),
  rule(
    'Limits must be traded through',
    'Within a bar a limit order fills at its limit once the price has gone beyond it. With `touched` it fills when the limit is reached, as if nobody had stood before you.',
    'limitOrders',
  ),
  rule(
    'Stops become market orders',
    'A stop that is reached within a bar fills at the stop, with slippage; what is left of it takes the next opens. A stop-limit becomes a limit order; in the bar of its stop it fills at the stop if the limit allows that, else only if the close is beyond the limit.',
  ),
  rule(
    'The stop before the target',
    'Where a bar reached both a stop and a limit, the stop is believed to have come first.',
  ),
  rule(
    'Entry and exit in one bar',
    'After an entry at the open both exits of a bracket may fill in the same bar. After an entry by limit within the bar the stop counts if the bar reached it, the target only if the close is beyond it: its high may have come before. After an entry by stop the stop is believed first, then the target.',
    'bracket orders',
  ),
  rule(
    'Finer bars settle what came first',
    'Orders that wait are walked through the finer bars that make up a bar, each taken by these same rules.',
    'instruments with bars of a finer timeframe',
    finer,
  ),
  rule(
    'Trailing stops move between bars',
    'A trailing stop starts from the newest close and follows the high or low of each bar after that bar, never within it.',
    'trailing orders',
  ),
  rule(
    'Sells before buys',
    'Orders fill in the order of the opens they fill at. Of those at the same time, the ones that make positions smaller go first, so that their money is there. Then it goes by the instruments’ ids and the orders’ numbers, never by the order in which instruments were given.',
    'several instruments',
    several,
  ),
  rule(
    'No fill outside its bar',
    'Slippage moves a fill at most to the high or low of its bar, of which open and close are part. The result says how much was cut off. Limit orders do not slip.',
    'slippage',
    ({ slippage }) => slippage.kind !== 'none',
  ),
  rule(
    'A share of the volume',
    'All orders of an instrument together take at most this share of a bar’s volume; what is left of them waits. Where the volume is unknown nothing fills. Orders for all or nothing need all of it at once.',
    'volumeLimit',
    ({ volumeLimit }) => volumeLimit !== undefined,
  ),
  rule(
    'Impact by volume',
    'The volume-share model takes the volume of the bar that the order fills in; the square-root model volatility and volume of the bars before. Where the volume is unknown an order counts as all of it.',
    'slippage: volume-share, square-root',
    ({ slippage }) => slippage.kind === 'volume-share' || slippage.kind === 'square-root',
  ),
  rule(
    'How long orders stand',
    'Day orders end with the session in which they first could fill. Orders for at once (ioc, fok) have one open. All others stand until they are cancelled, and those that are open when the data end are told.',
  ),
  rule(
    'Targets replace targets',
    'A newer target of an instrument cancels what is left of an older one. A signal is acted on once: to say it again changes nothing until it changes, or its order was rejected; then it is asked for anew.',
    'signal, toWeight, toQuantity, rebalance',
  ),
  rule(
    'What can be paid for',
    'A cash account never owes: what costs more than the cash, fees in it, is cut to what there is or rejected, at the fill. It sells nothing short, but for options that units, options or cash cover.',
    'account: cash; whenShortOfCash',
    ({ account }) => account.kind === 'cash',
  ),
  rule(
    'Margin',
    'What adds to positions needs equity of `initial` × all positions’ value, at the fill, with other instruments at their newest closes. What makes a position smaller always passes.',
    'account: margin',
    onMargin,
  ),
  rule(
    'Margin calls',
    'Where equity is below `maintenance` × all positions’ value at the closes of a moment, positions are closed at their next opens, the largest first, until the rest is carried. Their waiting orders are cancelled.',
    'account: margin',
    onMargin,
  ),
  rule(
    'Interest and fees by calendar days',
    'Days ÷ 365 by UTC dates, on what was held over them at the newest closes. Interest is earned on cash less what short sales brought, and paid on money borrowed; units borrowed cost the borrow fee.',
    'cashInterest, longInterest, borrowFee',
    ({ cashInterest, account }) =>
      cashInterest > 0 ||
      (account.kind === 'margin' && (account.longInterest > 0 || account.borrowFee > 0)),
  ),
  rule(
    'Dividends',
    'Who holds before the open of the ex-date is entitled, and who is short owes, all of it. Equity counts them from the ex-date; cash has them then or on the pay-date. They are changed at the newest rate.',
    'instruments with dividends',
    withEvent('dividend'),
  ),
  rule(
    'Splits',
    'Before the open of their day positions, waiting orders and their prices, and averages change by the ratio; what is less than the smallest quantity traded is paid in cash. Indicators see prices carried forward.',
    'instruments with splits',
    withEvent('split'),
  ),
  rule(
    'Delistings',
    'Positions are paid out at the value known, else at the last close, and orders are cancelled.',
    'instruments that were delisted',
    withEvent('delisting'),
  ),
  rule(
    'Currencies',
    'Cash is kept in base currency. Money is changed at each fill at the newest rate known at the moment before, for `currencyBps`; positions are valued at the newest rate known. Without a rate nothing is traded.',
    'foreign instruments; currencyBps',
    foreign,
  ),
  rule(
    'Options at expiry',
    'At the first moment at or after it expires an option in the money by the underlying’s newest close is exercised or assigned: the underlying changes hands at the strike, or cash by the intrinsic value. A cash account that cannot pay or deliver is settled in cash. Nothing is charged for it.',
    'options',
    withOptions,
  ),
  rule(
    'Early assignment',
    'American calls sold are assigned before a dividend that is larger than what the close before leaves of their time value.',
    'options.earlyAssignment',
    (settings, given) => settings.options.earlyAssignment && withOptions(settings, given),
  ),
  rule(
    'Limits before orders',
    'Every order is asked about by the same gates that trading asks, with orders that wait counted as filled. Limits on losses, rates and values let pass what only makes positions smaller.',
    'limits',
    ({ limits }) => Object.values(limits).some((limit) => limit !== undefined),
  ),
  rule(
    'Excursions',
    'The largest adverse and favourable moves of a trade are read from the bars at whose close it was held, that of its entry whole; of the bar of its exit only the exit counts.',
  ),
];

/** Every assumption, by its number. */
export const assumptions: readonly Assumption[] = rules.map((each, i) => ({
  number: i + 1,
  ...each,
}));

/** Those that matter to a run. */
export const assumptionsOf = (
  settings: BacktestSettings,
  market: BacktestMarket,
): readonly Assumption[] => assumptions.filter(({ matters }) => matters(settings, market));

import { instrumentLabel, type LineGain, lineGain } from '@plimsoll/domain';
import { type Decimal, formatDecimal } from '@plimsoll/kernel';
import type { LedgerView } from '../ledger/ledger-view.ts';
import { dayAt } from '../valuation/benchmark.ts';
import type { Figure, Measurement } from '../valuation/measure.ts';
import type { TermView } from '../views.ts';
import { type Explanation, exactTerm, term } from './derivation.ts';
import { type EvidenceFilter, evidence, since } from './evidence.ts';

type Explain = (view: LedgerView, measurement: Measurement) => Explanation;

const incomeTypes = new Set(['dividend', 'interest', 'coupon', 'staking', 'rent', 'other-income']);
const flowTypes = new Set([
  'deposit',
  'withdrawal',
  'delivery-in',
  'delivery-out',
  'opening-balance',
  'adjustment',
  'transfer',
]);

const feeConvention =
  'Fees and taxes of a trade are part of its cost or proceeds unless the account says otherwise.';
const rateConvention =
  'A foreign amount counts at the rate its transaction booked; where it booked none, at the last rate known on or before its day.';
const flowConvention = 'Inflows count at the start of their day, outflows at its end.';
const basisConvention =
  'Gains of a period are measured from the worth at its start; from the first transaction on, that is the cost.';

function exact(
  title: string,
  formula: string,
  value: (m: Measurement) => Decimal,
  terms: (view: LedgerView, m: Measurement) => TermView[],
  conventions: readonly string[],
  filter: (m: Measurement) => EvidenceFilter = since,
): Explain {
  return (view, m) => {
    const unknown = m.value.incomplete || m.book.unknownRates.size > 0;
    return {
      title,
      value: unknown && title !== 'Value' ? null : formatDecimal(value(m)),
      unit: m.scope.currency,
      reason: unknown ? m.incomplete : null,
      formula,
      terms: terms(view, m),
      conventions: [...conventions],
      transactions: evidence(view, m, filter(m)),
    };
  };
}

/** One term per instrument that has a part in the figure. */
function byLine(pick: (line: LineGain) => Decimal, sign = '+') {
  return (view: LedgerView, m: Measurement): TermView[] =>
    m.lines
      .map((line) => ({ line, value: pick(line) }))
      .filter(({ value }) => value !== 0n)
      .sort((a, b) => (a.value < b.value ? 1 : -1))
      .map(({ line, value }) => {
        const instrument =
          line.instrumentId === null ? undefined : view.instruments.get(line.instrumentId);
        const label = instrument ? instrumentLabel(instrument) : 'Cash and whole accounts';
        return exactTerm(label, sign, value, m.scope.currency, {
          figure: `contribution:${line.instrumentId ?? 'cash'}`,
        });
      });
}

const part = (
  label: string,
  sign: string,
  value: Decimal,
  m: Measurement,
  figure: string,
): TermView => exactTerm(label, sign, value, m.scope.currency, { figure });

function valueTerms(view: LedgerView, m: Measurement): TermView[] {
  const { currency } = m.scope;
  const names = new Map(view.accounts.map(({ id, name }) => [id, name]));
  return [
    ...m.value.holdings.map((h) =>
      exactTerm(
        `${instrumentLabel(h.instrument)} in ${names.get(h.accountId)}`,
        '+',
        h.baseValue,
        currency,
        {
          figure: `holding:${h.accountId}:${h.instrument.id}:value`,
          source: h.known?.source ?? null,
          note:
            h.known?.state === 'stale'
              ? 'price is stale'
              : h.known?.state === 'trade'
                ? 'own trade price'
                : null,
        },
      ),
    ),
    ...m.value.cash.map((c) =>
      exactTerm(`${c.currency} cash in ${names.get(c.accountId)}`, '+', c.baseValue, currency, {
        figure: `holding:${c.accountId}:cash:${c.currency}:value`,
        source: c.rate?.legs.map((leg) => leg.source).join(', ') || null,
      }),
    ),
  ];
}

const gainTerms = (_: LedgerView, m: Measurement): TermView[] => [
  part('Realised', '+', m.gains.realised, m, 'realised'),
  part('Unrealised', '+', m.gains.unrealised, m, 'unrealised'),
  part('Income', '+', m.gains.income, m, 'income'),
  part('Fees', '−', m.gains.fees, m, 'fees'),
  part('Taxes', '−', m.gains.taxes, m, 'taxes'),
  exactTerm(
    'Check: value − value at start − net paid in',
    '=',
    m.gains.value - m.gains.startValue - m.gains.inflow + m.gains.outflow,
    m.scope.currency,
    {
      note: 'the same gain from the other side',
    },
  ),
];

/** A rate of return: null carries its reason. */
function rate(
  title: string,
  formula: string,
  pick: (m: Measurement) => Figure,
  terms: (m: Measurement) => TermView[],
  conventions: readonly string[],
): Explain {
  return (view, m) => {
    const figure = pick(m);
    return {
      title,
      value: figure.value === null ? null : String(figure.value),
      unit: 'fraction',
      reason: figure.reason ?? null,
      formula,
      terms: terms(m),
      conventions: [...conventions],
      transactions: evidence(view, m, since(m)),
    };
  };
}

/** Growth of each calendar year of the period; linked they give the whole. */
function yearTerms(m: Measurement): TermView[] {
  const terms: TermView[] = [];
  let before = 1;
  m.growth.forEach((growth, t) => {
    const day = dayAt(m, t);
    const last = t === m.growth.length - 1;
    if (!last && !day.endsWith('-12-31')) return;
    terms.push(term(day.slice(0, 4), '×', String((1 + growth) / before - 1), 'fraction', { day }));
    before = 1 + growth;
  });
  return terms;
}

function xirrTerms(m: Measurement): TermView[] {
  const { currency } = m.scope;
  const yearly = new Map<string, number>();
  m.daily.inflow.forEach((inflow, t) => {
    const net = (m.daily.outflow[t] ?? 0) - inflow;
    const year = dayAt(m, t).slice(0, 4);
    if (net !== 0) yearly.set(year, (yearly.get(year) ?? 0) + net);
  });
  return [
    exactTerm('Worth at the start, as if paid in', '−', m.gains.startValue, currency),
    ...[...yearly].map(([year, net]) =>
      term(`Net flow of ${year}`, net < 0 ? '−' : '+', Math.abs(net).toFixed(2), currency),
    ),
    exactTerm('Worth at the end, as if paid out', '+', m.gains.value, currency, {
      day: m.to,
      figure: 'value',
    }),
  ];
}

function drawdownTerms(m: Measurement): TermView[] {
  if (!m.drawdown) return [];
  const level = (t: number): string => String(t < 0 ? 1 : 1 + (m.growth[t] ?? 0));
  const { peak, trough } = m.drawdown;
  return [
    term('Highest before', '', level(peak), 'growth of one', {
      day: peak < 0 ? m.from : dayAt(m, peak),
    }),
    term('Lowest after it', '÷', level(trough), 'growth of one', { day: dayAt(m, trough) }),
  ];
}

const capital = (m: Measurement): TermView[] => [
  part('Gain', '', m.gains.gain, m, 'gain'),
  exactTerm('Worth at the start', '÷', m.gains.startValue, m.scope.currency, {
    figure: 'startValue',
  }),
  exactTerm('Inflows', '+', m.gains.inflow, m.scope.currency, { note: 'in the divisor' }),
];

/** Every figure of a period that can be asked about. */
export const periodFigures: Readonly<Record<string, Explain>> = {
  value: exact(
    'Value',
    'Value = Σ quantity × multiplier × price × price factor × FX rate, cash included',
    (m) => m.gains.value,
    valueTerms,
    [
      'The last market close on or before the day; before the first market close, your own last trade. Never a later price.',
      'Rates likewise: the last known on or before the day.',
    ],
    () => ({}),
  ),
  startValue: exact(
    'Value at the start',
    'Worth of everything at the end of the day before the period',
    (m) => m.gains.startValue,
    () => [],
    [],
    () => ({}),
  ),
  paidIn: exact(
    'Paid in',
    'Paid in = inflows − outflows of the period',
    (m) => m.gains.inflow - m.gains.outflow,
    (_, m) => [
      exactTerm('Inflows', '+', m.gains.inflow, m.scope.currency),
      exactTerm('Outflows', '−', m.gains.outflow, m.scope.currency),
    ],
    [
      'In an account whose file records no cash, purchases are inflows, sales and income outflows.',
      rateConvention,
    ],
    (m) => (m.book.options.cashTracked.size > 0 ? { ...since(m), types: flowTypes } : since(m)),
  ),
  gain: exact(
    'Gain',
    'Gain = realised + unrealised + income − fees − taxes',
    (m) => m.gains.gain,
    gainTerms,
    [feeConvention, basisConvention, rateConvention],
  ),
  realised: exact(
    'Realised gain',
    'Σ proceeds − cost of the lots closed',
    (m) => m.gains.realised,
    byLine((l) => l.tally.realised),
    [
      feeConvention,
      basisConvention,
      'Lots are closed in the order that each account says (FIFO and so on).',
    ],
  ),
  unrealised: exact(
    'Unrealised gain',
    'Σ value − cost of the lots still open',
    (m) => m.gains.unrealised,
    byLine((l) => l.unrealised),
    [feeConvention, basisConvention],
  ),
  income: exact(
    'Income',
    'Σ dividends, interest and other income, gross',
    (m) => m.gains.income,
    byLine((l) => l.tally.income),
    ['Tax withheld stands under taxes.', rateConvention],
    (m) => ({ ...since(m), types: incomeTypes }),
  ),
  fees: exact(
    'Fees',
    'Σ fees that are not part of cost or proceeds',
    (m) => m.gains.fees,
    byLine((l) => l.tally.fees),
    [feeConvention, 'Margin interest counts as a fee.'],
  ),
  taxes: exact(
    'Taxes',
    'Σ taxes that are not part of cost or proceeds',
    (m) => m.gains.taxes,
    byLine((l) => l.tally.taxes),
    [feeConvention],
  ),
  feesInCost: exact(
    'Fees inside cost and proceeds',
    'Σ fees of trades',
    (m) => m.gains.feesInCost,
    byLine((l) => l.tally.feesInCost),
    [feeConvention],
  ),
  taxesInCost: exact(
    'Taxes inside cost and proceeds',
    'Σ taxes of trades',
    (m) => m.gains.taxesInCost,
    byLine((l) => l.tally.taxesInCost),
    [feeConvention],
  ),
  fx: exact(
    'FX part of the gain',
    'Σ local cost × (later rate − rate at opening), realised and unrealised',
    (m) => m.gains.fx,
    byLine((l) => l.tally.realisedFx + l.unrealisedFx),
    ['It is a part of the gain, not an addition to it.', rateConvention],
  ),
  pricePart: exact(
    'Price part of the gain',
    'Realised + unrealised − FX part',
    (m) => m.gains.realised + m.gains.unrealised - m.gains.fx,
    (_, m) => [
      part('Realised', '+', m.gains.realised, m, 'realised'),
      part('Unrealised', '+', m.gains.unrealised, m, 'unrealised'),
      part('FX part', '−', m.gains.fx, m, 'fx'),
    ],
    ['Change in local value × the later rate.'],
  ),
  twr: rate(
    'Time-weighted return',
    'TWR = Π (1 + r) − 1 with r = (V + outflow) ÷ (V of the day before + inflow) − 1',
    (m) => m.twr,
    yearTerms,
    [flowConvention, 'It does not depend on when money came or went.'],
  ),
  twrAnnualised: rate(
    'Time-weighted return a year',
    '(1 + TWR)^(365 ÷ days) − 1',
    (m) => m.twrAnnualised,
    (m) => [
      term('TWR', '', m.twr.value === null ? null : String(m.twr.value), 'fraction', {
        figure: 'twr',
      }),
      term('Calendar days', '', String(m.daily.value.length), 'days'),
    ],
    ['Only beyond 365 days.'],
  ),
  xirr: rate(
    'Money-weighted return a year (XIRR)',
    'The rate ρ with Σ flow × (1 + ρ)^(−days ÷ 365) = 0',
    (m) => m.xirr,
    xirrTerms,
    [
      'It weighs each period by the money that was in.',
      'Of several solutions the one nearest to the Modified Dietz return is taken, and the fact is told.',
    ],
  ),
  modifiedDietz: rate(
    'Modified Dietz return',
    'Gain ÷ (value at start + Σ weight × flow)',
    (m) => m.modifiedDietz,
    (m) => [part('Gain', '', m.gains.gain, m, 'gain')],
    [flowConvention, 'A flow weighs by the share of days it was in.'],
  ),
  simpleReturn: rate(
    'Simple return',
    'Gain ÷ (value at start + inflows)',
    (m) => m.simpleReturn,
    capital,
    ['All that came in counts in full, whenever it came.'],
  ),
  maxDrawdown: rate(
    'Worst fall',
    '1 − lowest ÷ highest before it, of the time-weighted growth',
    (m) => m.maxDrawdown,
    drawdownTerms,
    ['The running maximum includes the start.', 'Flows do not count as falls.'],
  ),
  volatility: rate(
    'Volatility a year',
    'Sample standard deviation of daily returns × √252',
    (m) => m.volatility,
    (m) => [term('Calendar days measured', '', String(m.daily.value.length), 'days')],
    ['Business days only, without the first day.', 'Fewer than 20 returns give none.'],
  ),
};

/** What one instrument, or the cash, contributed. */
export function explainContribution(
  view: LedgerView,
  m: Measurement,
  key: string,
): Explanation | null {
  const instrumentId = key === 'cash' ? null : key;
  const line = m.lines.find((one) => one.instrumentId === instrumentId);
  if (!line) return null;
  const instrument = instrumentId === null ? undefined : view.instruments.get(instrumentId);
  const { tally } = line;
  const { currency } = m.scope;
  return {
    title: `Gain of ${instrument ? instrumentLabel(instrument) : 'cash'}`,
    value: formatDecimal(lineGain(line)),
    unit: currency,
    reason: null,
    formula: 'Gain = realised + unrealised + income − fees − taxes',
    terms: [
      exactTerm('Realised', '+', tally.realised, currency, {
        note: `of it FX ${formatDecimal(tally.realisedFx)}`,
      }),
      exactTerm('Unrealised', '+', line.unrealised, currency, {
        note: `of it FX ${formatDecimal(line.unrealisedFx)}`,
      }),
      exactTerm('Income', '+', tally.income, currency),
      exactTerm('Fees', '−', tally.fees, currency),
      exactTerm('Taxes', '−', tally.taxes, currency),
    ],
    conventions: [feeConvention, basisConvention, rateConvention],
    transactions: evidence(view, m, {
      ...since(m),
      ...(instrumentId === null ? {} : { instrumentId }),
    }),
  };
}

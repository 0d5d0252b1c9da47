import { type Instrument, instrumentLabel, worth } from '@plimsoll/domain';
import {
  dayFromNumber,
  invariant,
  ok,
  one,
  parameterTable,
  present,
  priceToFloat,
  type Result,
  readParameters,
  toFloat,
  type ValuesOf,
} from '@plimsoll/kernel';
import type { UnitOfWork } from '@plimsoll/ports';
import { type EngineContext, today } from '../engine-context.ts';
import { type EngineFault, fault } from '../engine-fault.ts';
import type { LedgerView } from '../ledger/ledger-view.ts';
import { findInstrument } from '../valuation/benchmark.ts';
import { type Valuation, valueAt } from '../valuation/measure.ts';
import { resolveScope } from '../valuation/scope.ts';
import type { ReportView } from '../views.ts';
import { heldLines } from './held.ts';
import { type PlannedSale, plannedSales } from './planned-sales.ts';
import { readObject } from './read-object.ts';
import { computeReport, type Prepared, prepareAnalysis } from './run-analysis.ts';

/** What a rebalancing takes; `optimise` holds the values of that analysis where no targets are given. */
export const rebalanceInput = parameterTable({
  portfolio: { kind: 'text', default: 'all', title: 'Portfolio or account' },
  base: { kind: 'text', optional: true, title: 'Currency' },
  targets: {
    kind: 'by-name',
    optional: true,
    title: 'Target weights',
    help: 'Of the whole value, cash included, for everything that is held and what is to be bought.',
  },
  feeRate: { kind: 'number', min: 0, below: 1, default: 0, title: 'Fee as a share of the value' },
  feeFixed: { kind: 'number', min: 0, default: 0, title: 'Fee of each trade' },
  minTrade: { kind: 'number', min: 0, default: 0, title: 'Smallest value of a trade' },
  minCash: { kind: 'number', min: 0, default: 0, title: 'Cash to keep' },
  fractional: {
    kind: 'flag',
    default: false,
    title: 'Parts of shares may be traded',
    help: 'Coins and funds always may.',
  },
});

type Values = ValuesOf<typeof rebalanceInput>;

/** One thing that may be traded, with what a unit of it is worth. */
interface Line {
  readonly name: string;
  readonly instrument: Instrument;
  readonly quantity: number;
  readonly price: number;
}

/** Where one stands, and how the targets are to be had. */
export interface Rebalancing {
  readonly values: Values;
  readonly view: LedgerView;
  readonly valuation: Valuation;
  readonly lines: readonly Line[];
  readonly cash: number;
  /** Null where they are to be optimised. */
  readonly targets: Readonly<Record<string, number>> | null;
  readonly optimisation: Prepared | null;
  readonly notes: readonly string[];
}

/** Reads the request against the record: what is held, its worth, cash, and the optimisation to run. */
export async function prepareRebalance(
  context: EngineContext,
  unit: UnitOfWork,
  view: LedgerView,
  input: string,
): Promise<Result<Rebalancing, EngineFault>> {
  const request = readRequest(input);
  if (!request.ok) return request;
  const { values, optimise } = request.value;
  const scope = resolveScope(view, values);
  if (!scope.ok) return scope;
  const valuation = valueAt(view, scope.value, today(context));
  const { lines: held, baseCash, total, notes } = heldLines(view, valuation);
  const foreign = held.filter(({ instrument }) => instrument === null);
  const short = held.filter(({ instrument, quantity }) => instrument !== null && quantity < 0);
  const lines = held.flatMap(({ name, instrument, weight, quantity }) =>
    instrument && quantity > 0
      ? [{ name, instrument, quantity, price: (weight * total) / quantity }]
      : [],
  );
  const all = {
    values,
    view,
    valuation,
    cash: foreign.reduce((sum, { weight }) => sum + weight * total, baseCash * total),
    notes: [
      ...notes,
      ...(short.length > 0
        ? [`Left as it is, being short: ${short.map(({ name }) => name).join(', ')}.`]
        : []),
      ...(foreign.length > 0 ? ['Cash in other currencies counts at the rate of the day.'] : []),
    ],
  };
  if (values.targets) {
    const added = addWanted(view, valuation, lines, values.targets);
    return added.ok
      ? ok({ ...all, lines: added.value, targets: values.targets, optimisation: null })
      : added;
  }
  const { portfolio, base } = values;
  const text = JSON.stringify({ portfolio, base, ...optimise });
  const prepared = await prepareAnalysis(context, unit, view, { id: 'optimise', input: text });
  return prepared.ok
    ? ok({ ...all, lines, targets: null, optimisation: prepared.value })
    : prepared;
}

function readRequest(
  input: string,
): Result<{ readonly values: Values; readonly optimise: object }, EngineFault> {
  const read = readObject(input);
  if (!read.ok) return read;
  const { optimise = {}, ...rest } = read.value;
  if (typeof optimise !== 'object' || optimise === null || Array.isArray(optimise)) {
    return fault('request.invalid', 'optimise must be an object, the values of that analysis.');
  }
  const values = readParameters(rebalanceInput, rest);
  if (values.ok) return ok({ values: values.value, optimise });
  const { code, detail, errors } = values.fault;
  return fault('analysis.refused', detail, { reason: code, errors });
}

/** Lines for what is wanted and not held yet. Everything held must be wanted, if only at 0. */
function addWanted(
  view: LedgerView,
  { book, value }: Valuation,
  lines: readonly Line[],
  targets: Readonly<Record<string, number>>,
): Result<readonly Line[], EngineFault> {
  const forgotten = lines.find(({ name }) => targets[name] === undefined);
  if (forgotten) {
    const detail = `${forgotten.name} is held and has no target. Give it one; 0 sells it.`;
    return fault('analysis.refused', detail, { reason: 'rebalance.target' });
  }
  const added: Line[] = [];
  for (const name of Object.keys(targets)) {
    if (lines.some((line) => line.name === name)) continue;
    const instrument = findInstrument(view, name);
    if (!instrument) return fault('instrument.unknown', `There is no instrument "${name}".`);
    const { prices, rates, currency } = book.options;
    const known = prices.at(instrument.id, value.day);
    const rate = rates.rate(instrument.currency, value.day);
    if (known === null || rate === null) {
      const what =
        known === null ? `price of ${name}` : `rate from ${instrument.currency} to ${currency}`;
      const detail = `No ${what} is known on ${dayFromNumber(value.day)}. Import it first.`;
      return fault('analysis.refused', detail, { reason: 'rebalance.price' });
    }
    const price = toFloat(worth(instrument, one, known.price)) * priceToFloat(rate);
    added.push({ name: instrumentLabel(instrument), instrument, quantity: 0, price });
  }
  return ok([...lines, ...added]);
}

/** Has the targets optimised where they are not given, finds the trades, and says what they realise. */
export async function computeRebalance(
  context: EngineContext,
  rebalancing: Rebalancing,
): Promise<Result<ReportView, EngineFault>> {
  const { optimisation } = rebalancing;
  const optimised = optimisation && (await computeReport(context, optimisation));
  if (optimised && !optimised.ok) return optimised;
  const targets = optimised ? weightsIn(optimised.value) : present(rebalancing.targets, 'targets');
  const { lines, cash, values } = rebalancing;
  const isWhole = ({ instrument }: Line): boolean =>
    !values.fractional && instrument.kind !== 'crypto' && instrument.kind !== 'fund';
  const allocated = await context.compute('discrete-allocation', {
    targets: byName(lines, ({ name }) => targets[name] ?? 0),
    prices: byName(lines, ({ price }) => price),
    holdings: byName(lines, ({ quantity }) => quantity),
    cash,
    method: 'exact',
    feeRate: values.feeRate,
    feeFixed: values.feeFixed,
    lotSizes: byName(lines, (line) => (isWhole(line) ? 1 : 0)),
    minTrade: values.minTrade,
    minCash: values.minCash,
  });
  if (!allocated.ok) {
    return fault('analysis.refused', allocated.fault.detail, { reason: allocated.fault.code });
  }
  return ok(
    withSales(context, rebalancing, allocated.value as ReportView, optimised?.value ?? null),
  );
}

const byName = (lines: readonly Line[], of: (line: Line) => number): Record<string, number> =>
  Object.fromEntries(lines.map((line) => [line.name, of(line)]));

/** The weights of an optimisation by name; one that shows none is a bug, not a wish to sell all. */
function weightsIn({ tables }: ReportView): Readonly<Record<string, number>> {
  const { columns, rows } = present(
    tables.find(({ id }) => id === 'weights'),
    'the table of weights',
  );
  const name = columns.findIndex(({ id }) => id === 'name');
  const weight = columns.findIndex(({ id }) => id === 'weight');
  invariant(name >= 0 && weight >= 0, 'the table of weights has names and weights');
  return Object.fromEntries(
    rows.map((row) => {
      const found = row[weight];
      invariant(typeof found === 'number', `${row[name]} has a weight`);
      return [String(row[name]), found] as const;
    }),
  );
}

/** The trades with the accounts that sell, the lots that close, and the gains. */
function withSales(
  context: EngineContext,
  { lines, view, valuation, notes }: Rebalancing,
  trades: ReportView,
  optimised: ReportView | null,
): ReportView {
  const rows = trades.tables.find(({ id }) => id === 'trades')?.rows ?? [];
  const lineOf = new Map(lines.map((line) => [line.name, line]));
  const wanted = rows.flatMap(([name, side, quantity]) => {
    const line = lineOf.get(String(name));
    return line && side === 'sell' && typeof quantity === 'number'
      ? [{ instrumentId: line.instrument.id, quantity }]
      : [];
  });
  const sales = plannedSales(view, valuation, wanted, today(context));
  const nameOf = new Map(lines.map(({ name, instrument }) => [instrument.id, name]));
  const gains = sales.map(({ gain }) => gain);
  const known = gains.every((gain) => gain !== null);
  const currency = valuation.scope.currency;
  return {
    ...trades,
    analysis: 'rebalance',
    title: `Trades for ${valuation.scope.portfolio.name}, in ${currency}`,
    figures: [
      ...trades.figures,
      {
        id: 'realised',
        title: 'Gain that the sales realise',
        ...(known
          ? { value: gains.reduce((sum: number, gain) => sum + (gain ?? 0), 0) }
          : { value: null, why: 'the cost of something that is sold is not known' }),
        unit: 'money',
        formula: 'Σ over the lots closed: proceeds − cost, before fees and taxes',
      },
      ...(optimised?.figures ?? []).map((figure) => ({
        ...figure,
        id: `optimise-${figure.id}`,
        section: optimised?.title ?? '',
      })),
    ],
    tables: [...trades.tables, ...salesTables(sales, nameOf), ...constraintTables(optimised)],
    conventions: [
      ...trades.conventions,
      'Lots close by the rule of the account that sells; of several accounts the one that holds most sells first.',
      ...(optimised?.conventions ?? []),
    ],
    notes: [...notes, ...(optimised?.notes ?? []), ...trades.notes],
  };
}

const constraintTables = (optimised: ReportView | null): ReportView['tables'] =>
  (optimised?.tables ?? [])
    .filter(({ id }) => id !== 'weights')
    .map((table) => ({ ...table, id: `optimise-${table.id}` }));

function salesTables(
  sales: readonly PlannedSale[],
  nameOf: ReadonlyMap<string, string>,
): ReportView['tables'] {
  if (sales.length === 0) return [];
  return [
    {
      id: 'sales',
      title: 'Sales by account',
      columns: [
        { id: 'name', title: 'Instrument' },
        { id: 'account', title: 'Account' },
        { id: 'quantity', title: 'Quantity', unit: 'number' },
        { id: 'gain', title: 'Realised gain', unit: 'money' },
      ],
      rows: sales.map(({ instrumentId, account, quantity, gain }) => [
        nameOf.get(instrumentId) ?? instrumentId,
        account,
        quantity,
        gain,
      ]),
    },
    {
      id: 'lots',
      title: 'Lots that close',
      columns: [
        { id: 'name', title: 'Instrument' },
        { id: 'account', title: 'Account' },
        { id: 'opened', title: 'Opened on' },
        { id: 'days', title: 'Days held', unit: 'days' },
        { id: 'quantity', title: 'Quantity', unit: 'number' },
        { id: 'cost', title: 'Cost', unit: 'money' },
        { id: 'proceeds', title: 'Proceeds', unit: 'money' },
        { id: 'gain', title: 'Gain', unit: 'money' },
      ],
      rows: sales.flatMap(({ instrumentId, account, lots }) =>
        lots.map((lot) => [
          nameOf.get(instrumentId) ?? instrumentId,
          account,
          dayFromNumber(lot.openedOn),
          lot.closedOn - lot.openedOn,
          toFloat(lot.quantity),
          toFloat(lot.baseCost),
          toFloat(lot.baseProceeds),
          toFloat(lot.gain),
        ]),
      ),
    },
  ];
}

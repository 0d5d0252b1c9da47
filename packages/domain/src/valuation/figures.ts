import type { Decimal } from '@plimsoll/kernel';
import type { Book } from '../ledger/book.ts';
import { addTally, emptyTally, type Tally } from '../ledger/tally.ts';
import type { BookValue } from './value-book.ts';

/**
 * What the period earned, exact, in the base currency:
 * gain = realised + unrealised + income − fees − taxes = value − startValue − (inflow − outflow).
 */
export interface GainFigures {
  readonly startValue: Decimal;
  readonly value: Decimal;
  readonly inflow: Decimal;
  readonly outflow: Decimal;
  readonly realised: Decimal;
  readonly unrealised: Decimal;
  readonly income: Decimal;
  readonly fees: Decimal;
  readonly taxes: Decimal;
  readonly feesInCost: Decimal;
  readonly taxesInCost: Decimal;
  readonly gain: Decimal;
  /** FX part of realised and unrealised gain. */
  readonly fx: Decimal;
  readonly realisedFx: Decimal;
  readonly unrealisedFx: Decimal;
}

/** One line of the contribution table: an instrument, or cash and what belongs to no instrument. */
export interface LineGain {
  /** Instrument id, or null for cash. */
  readonly instrumentId: string | null;
  readonly tally: Readonly<Tally>;
  readonly unrealised: Decimal;
  readonly unrealisedFx: Decimal;
}

export const lineGain = (line: LineGain): Decimal =>
  line.tally.realised + line.unrealised + line.tally.income - line.tally.fees - line.tally.taxes;

/** Tallies and unrealised gains by instrument over all accounts looked at, cash last. */
export function lineGains(book: Book, value: BookValue): LineGain[] {
  const byInstrument = new Map<string, { tally: Tally; unrealised: Decimal; fx: Decimal }>();
  const line = (id: string) => {
    const known = byInstrument.get(id) ?? { tally: emptyTally(), unrealised: 0n, fx: 0n };
    byInstrument.set(id, known);
    return known;
  };
  for (const state of book.holdings()) {
    if (state.counted) addTally(line(state.instrument.id).tally, state.tally);
  }
  for (const holding of value.holdings) {
    const entry = line(holding.instrument.id);
    entry.unrealised += holding.unrealised ?? 0n;
    entry.fx += holding.unrealisedFx ?? 0n;
  }
  const cash = { tally: emptyTally(), unrealised: 0n };
  for (const { cash: held, counted } of book.cashes()) {
    if (counted) addTally(cash.tally, held.tally);
  }
  for (const [accountId, tally] of book.accountTallies) {
    if (book.counts(accountId)) addTally(cash.tally, tally);
  }
  for (const held of value.cash) cash.unrealised += held.unrealised ?? 0n;
  return [
    ...[...byInstrument].map(([instrumentId, entry]) => ({
      instrumentId,
      tally: entry.tally,
      unrealised: entry.unrealised,
      unrealisedFx: entry.fx,
    })),
    {
      instrumentId: null,
      tally: cash.tally,
      unrealised: cash.unrealised,
      unrealisedFx: cash.unrealised,
    },
  ];
}

/** Adds the lines up. */
export function gainFigures(book: Book, value: BookValue, lines: readonly LineGain[]): GainFigures {
  const sum = emptyTally();
  let unrealised = 0n;
  let unrealisedFx = 0n;
  for (const line of lines) {
    addTally(sum, line.tally);
    unrealised += line.unrealised;
    unrealisedFx += line.unrealisedFx;
  }
  let inflow = 0n;
  let outflow = 0n;
  for (const flow of book.flows.values()) {
    inflow += flow.inflow;
    outflow += flow.outflow;
  }
  return {
    startValue: book.startValue,
    value: value.total,
    inflow,
    outflow,
    realised: sum.realised,
    unrealised,
    income: sum.income,
    fees: sum.fees,
    taxes: sum.taxes,
    feesInCost: sum.feesInCost,
    taxesInCost: sum.taxesInCost,
    gain: sum.realised + unrealised + sum.income - sum.fees - sum.taxes,
    fx: sum.realisedFx + unrealisedFx,
    realisedFx: sum.realisedFx,
    unrealisedFx,
  };
}

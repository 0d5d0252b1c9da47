import { type Instrument, instrumentLabel } from '@plimsoll/domain';
import { toFloat } from '@plimsoll/kernel';
import type { LedgerView } from '../ledger/ledger-view.ts';
import type { Valuation } from '../valuation/measure.ts';

/** One line of what is held, over all accounts looked at. */
export interface Held {
  /** As people call it, unique among the lines. */
  readonly name: string;
  /** What is held; null for foreign cash. */
  readonly instrument: Instrument | null;
  /** Of the price, or of the cash. */
  readonly currency: string;
  /** Share of the whole value, cash included; negative where short. */
  readonly weight: number;
  readonly quantity: number;
}

/** What is held, as an analysis sees it. */
export interface HeldLines {
  readonly lines: readonly Held[];
  /** Share of the value that is cash in the base currency: it has no risk of its own. */
  readonly baseCash: number;
  readonly total: number;
  readonly notes: readonly string[];
}

/** With fewer prices too little is known of how an instrument moves. */
const fewestPrices = 20;

/**
 * Sums what is held over the accounts, foreign cash as lines of their own. What has hardly any
 * prices is left out, and said to be.
 */
export function heldLines(view: LedgerView, { value, scope, book }: Valuation): HeldLines {
  const total = toFloat(value.total);
  const sums = new Map<
    string,
    { instrument: Instrument | null; currency: string; worth: number; quantity: number }
  >();
  const add = (
    key: string,
    line: { instrument: Instrument | null; currency: string; worth: number; quantity: number },
  ): void => {
    const known = sums.get(key);
    if (!known) sums.set(key, { ...line });
    else {
      known.worth += line.worth;
      known.quantity += line.quantity;
    }
  };
  for (const { instrument, currency, baseValue, quantity } of value.holdings) {
    if (baseValue === null) continue;
    add(instrument.id, {
      instrument,
      currency,
      worth: toFloat(baseValue),
      quantity: toFloat(quantity),
    });
  }
  let baseCash = 0;
  for (const { currency, baseValue, balance } of value.cash) {
    if (baseValue === null) continue;
    if (currency === book.options.currency) baseCash += toFloat(baseValue);
    else {
      const worth = toFloat(baseValue);
      add(`cash:${currency}`, { instrument: null, currency, worth, quantity: toFloat(balance) });
    }
  }
  const labels = [...sums.values()].map(labelOf);
  const lines = [...sums.entries()].map(([key, line], i) => {
    const label = labels[i] ?? key;
    const isUnique = labels.indexOf(label) === labels.lastIndexOf(label);
    return {
      name: isUnique ? label : `${label} (${key})`,
      instrument: line.instrument,
      currency: line.currency,
      weight: line.worth / total,
      quantity: line.quantity,
    };
  });
  const isKnown = ({ instrument }: Held): boolean =>
    instrument === null || (view.prices.get(instrument.id)?.days.length ?? 0) >= fewestPrices;
  const few = lines
    .filter((line) => !isKnown(line))
    .map(({ name, weight }) => `${name} (${(weight * 100).toFixed(1)} % of the value)`);
  return {
    lines: lines.filter(isKnown),
    baseCash: baseCash / total,
    total,
    notes: [
      ...value.leftOut.map((what) => `Left out of ${scope.portfolio.name}: ${what}.`),
      ...(few.length > 0
        ? [`Left out, as fewer than ${fewestPrices} prices are known: ${few.join(', ')}.`]
        : []),
    ],
  };
}

const labelOf = ({
  instrument,
  currency,
}: {
  instrument: Instrument | null;
  currency: string;
}): string => (instrument ? instrumentLabel(instrument) : `${currency} cash`);

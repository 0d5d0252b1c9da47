import type { HoldingValue, Match } from '@plimsoll/domain';
import { absolute, type DayNumber, type Decimal, toFloat } from '@plimsoll/kernel';
import { type MoneyWeighted, moneyWeightedReturn } from './money-weighted.ts';

/** Units that were opened and closed, or are still open and valued, with what they earned. */
export interface Closing {
  readonly accountId: string;
  readonly instrumentId: string;
  /** The closing transaction; null while open. */
  readonly closedBy: string | null;
  readonly closedOn: DayNumber;
  readonly short: boolean;
  /** Positive also for a short. */
  readonly quantity: Decimal;
  /** What opening them took in the base currency; for a short, what its sale brought. */
  readonly entry: Decimal;
  /** What closing them brought, or would bring; for a short, what buying back took. */
  readonly exit: Decimal;
  /** exit − entry, for a short entry − exit. */
  readonly profit: Decimal;
  /** profit ÷ entry, a fraction; null where entry is 0. */
  readonly return: number | null;
  /** Money-weighted yearly return of entry and exit on their days. */
  readonly moneyWeighted: MoneyWeighted;
}

interface Piece {
  readonly openedOn: DayNumber;
  readonly quantity: Decimal;
  readonly baseCost: Decimal;
  readonly worth: Decimal;
}

/** One closing per closing transaction and holding, in the order of the matches. */
export function closings(matches: readonly Match[]): Closing[] {
  const groups = new Map<string, Match[]>();
  for (const match of matches) {
    const key = `${match.closedBy}/${match.accountId}/${match.instrumentId}/${match.quantity < 0n}`;
    const group = groups.get(key);
    if (group) group.push(match);
    else groups.set(key, [match]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const pieces = group.map((match) => ({ ...match, worth: match.baseProceeds }));
    const { accountId, instrumentId, closedBy, closedOn } = first;
    return [{ accountId, instrumentId, closedBy, closedOn, ...sumPieces(pieces, closedOn) }];
  });
}

/** What is still open, as if closed at its value on `day`; holdings without a value are left out. */
export function openClosings(holdings: readonly HoldingValue[], day: DayNumber): Closing[] {
  return holdings.flatMap((holding) => {
    const { accountId, instrument, baseValue, quantity } = holding;
    if (baseValue === null || quantity === 0n) return [];
    const pieces = holding.lots.map((lot) => ({ ...lot, worth: 0n }));
    const summed = sumPieces(pieces, day, baseValue);
    return [{ accountId, instrumentId: instrument.id, closedBy: null, closedOn: day, ...summed }];
  });
}

function sumPieces(pieces: readonly Piece[], day: DayNumber, value?: Decimal) {
  const short = (pieces[0]?.quantity ?? 0n) < 0n;
  const sum = (of: (piece: Piece) => Decimal): Decimal =>
    pieces.reduce((total, piece) => total + of(piece), 0n);
  const cost = sum(({ baseCost }) => baseCost);
  const worth = value ?? sum((piece) => piece.worth);
  const profit = worth - cost;
  const entry = short ? -cost : cost;
  const start = Math.min(day, ...pieces.map(({ openedOn }) => openedOn));
  // A short is financed like a purchase of its entry that ends at entry + profit.
  const flows = pieces.map(({ openedOn, baseCost }) => ({
    day: openedOn - start,
    amount: -toFloat(short ? -baseCost : baseCost),
  }));
  flows.push({ day: day - start, amount: toFloat(entry + profit) });
  return {
    short,
    quantity: absolute(sum(({ quantity }) => quantity)),
    entry,
    exit: short ? -worth : worth,
    profit,
    return: entry === 0n ? null : toFloat(profit) / toFloat(entry),
    moneyWeighted: moneyWeightedReturn(flows, entry === 0n ? 0 : toFloat(profit) / toFloat(entry)),
  };
}

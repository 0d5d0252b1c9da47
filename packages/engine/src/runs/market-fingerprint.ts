import { createHash, type Hash } from 'node:crypto';
import type { BacktestBars, BacktestMarket } from '@plimsoll/analytics/backtest';
import { canonicalJson, type Json } from '@plimsoll/kernel';

/**
 * SHA-256, hex, over everything that a strategy can come to see: columns byte by byte, events, rates
 * and what is said of each instrument. The order of the instruments does not count.
 */
export function marketFingerprint({ base, instruments, rates }: BacktestMarket): string {
  const hash = createHash('sha256').update(`plimsoll market 1\n${base}\n`);
  for (const one of instruments.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const { bars, finer, events, ...facts } = one;
    const told = events.map((event) => canonicalJson(event as unknown as Json)).sort();
    hash.update(`${canonicalJson(facts as unknown as Json)}\n${told.join('\n')}\n`);
    addBars(hash, bars);
    if (finer !== null) addBars(hash, finer);
  }
  for (const { currency, known, rate } of rates.toSorted((a, b) =>
    a.currency < b.currency ? -1 : 1,
  )) {
    hash.update(`${currency} ${known.length}\n`);
    addColumn(hash, known);
    addColumn(hash, rate);
  }
  return hash.digest('hex');
}

function addBars(hash: Hash, bars: BacktestBars): void {
  hash.update(`bars ${bars.known.length}\n`);
  const { from, opened, known, session, edges, open, high, low, close, volume } = bars;
  for (const column of [from, opened, known, session, edges, open, high, low, close, volume]) {
    addColumn(hash, column);
  }
}

function addColumn(hash: Hash, column: Float64Array | Uint8Array): void {
  // There are many NaNs; which of them a machine gives says nothing.
  const plain =
    column instanceof Float64Array
      ? column.map((value) => (Number.isNaN(value) ? Number.NaN : value))
      : column;
  hash.update(new Uint8Array(plain.buffer, plain.byteOffset, plain.byteLength));
}

import type { Account } from './account.ts';
import { type Holding, positionValue } from './holding.ts';
import type { Matcher } from './matcher.ts';
import type { OrderLog } from './order-log.ts';
import type { BacktestResult } from './result.ts';
import type { RunLog } from './run-log.ts';
import type { BacktestSettings } from './settings.ts';

/** What a run has when it is over. */
export interface Played
  extends Pick<BacktestResult, 'base' | 'at' | 'equity' | 'cash' | 'gross' | 'net' | 'bars'> {
  readonly settings: BacktestSettings;
  readonly marketNotes: readonly string[];
  readonly holdings: readonly Holding[];
  readonly account: Account;
  readonly matcher: Matcher;
  readonly orders: OrderLog;
  readonly log: RunLog;
  /** Orders that are open still. */
  readonly waiting: number;
}

/**
 * The result of a run. Orders, trades and the log are put into records where somebody looks: those of
 * most searches nobody sees.
 */
export function resultOf(played: Played): BacktestResult {
  const { base, at, equity, cash, gross, net, bars, settings, holdings, account, log } = played;
  const open = account.trades.openTrades(positionValue);
  let orders: BacktestResult['orders'] | undefined;
  let trades: BacktestResult['trades'] | undefined;
  let lines: BacktestResult['log'] | undefined;
  return {
    base,
    instrumentIds: holdings.map(({ instrument }) => instrument.id),
    at,
    equity,
    cash,
    gross,
    net,
    started: settings.cash,
    bars,
    fills: account.fills.toColumns(),
    get orders() {
      orders ??= played.orders.toRecords(holdings);
      return orders;
    },
    get trades() {
      trades ??= [...account.trades.trades, ...open];
      return trades;
    },
    costs: account.totals,
    get log() {
      lines ??= log.toLines();
      return lines;
    },
    logLeftOut: log.leftOut,
    notes: [...played.marketNotes, ...notesOf(played)],
  };
}

/** What the reader must know of how orders were filled. */
function notesOf({ matcher, settings, waiting }: Played): string[] {
  const notes: string[] = [];
  const { cutOff, unknownVolumes } = matcher;
  if (cutOff.fills > 0) {
    notes.push(
      `Slippage would have carried ${cutOff.fills} fills out of their bars; ${cutOff.amount.toFixed(2)} of it was cut off.`,
    );
  }
  if (unknownVolumes > 0) {
    notes.push(
      `Nothing was filled in ${unknownVolumes} bars whose volume is unknown, because a share of it limits fills.`,
    );
  }
  if (waiting > 0) notes.push(`${waiting} orders were still open when the data ended.`);
  if (settings.execution === 'same-close') {
    notes.push('Orders were filled at the very closes that they were decided on.');
  }
  return notes;
}

import type { Account } from './account.ts';
import { positionValue } from './holding.ts';
import type { RunLog } from './run-log.ts';
import type { BacktestSettings } from './settings.ts';

const dayMs = 86_400_000;
const daysAYear = 365;

/**
 * Interest and fees by calendar days, UTC, ÷ 365, on what was held over them at the newest closes: on
 * cash less what sales of units borrowed brought; on money borrowed; on units borrowed.
 */
export class Carry {
  readonly #account: Account;
  readonly #cashInterest: number;
  readonly #longInterest: number;
  readonly #borrowFee: number;
  #day = Number.NaN;

  constructor(settings: BacktestSettings, account: Account) {
    this.#account = account;
    this.#cashInterest = settings.cashInterest;
    const margin = settings.account.kind === 'margin' ? settings.account : null;
    this.#longInterest = margin?.longInterest ?? 0;
    this.#borrowFee = margin?.borrowFee ?? 0;
  }

  /** Whether the run pays or earns any of it. */
  get counts(): boolean {
    return this.#cashInterest > 0 || this.#longInterest > 0 || this.#borrowFee > 0;
  }

  /** Charges the days since it was asked before; nothing the first time. */
  accrue(now: number): void {
    const day = Math.floor(now / dayMs);
    const days = Number.isNaN(this.#day) ? 0 : day - this.#day;
    this.#day = day;
    if (days <= 0) return;
    const account = this.#account;
    const share = days / daysAYear;
    let borrowed = 0;
    for (const held of account.held) {
      const value = positionValue(held);
      // An option sold is owed and not borrowed.
      if (!(value < 0) || held.underlying !== null) continue;
      borrowed -= value;
      const fee = -value * this.#borrowFee * share;
      if (fee > 0) account.trades.carry(held, -fee);
      account.totals.borrow += fee;
      account.cash -= fee;
    }
    const { cash } = account;
    if (cash < 0) {
      const interest = -cash * this.#longInterest * share;
      account.totals.interestPaid += interest;
      account.cash -= interest;
    } else if (cash > borrowed) {
      const interest = (cash - borrowed) * this.#cashInterest * share;
      account.totals.interestEarned += interest;
      account.cash += interest;
    }
  }
}

/** Closes positions, the largest first, when equity has fallen below what they need. */
export function marginCall(
  account: Account,
  maintenance: number,
  now: number,
  behind: { readonly log: RunLog; readonly close: (held: Account['held'][number]) => void },
): void {
  const positions = account.held
    .map((held) => ({ held, value: Math.abs(positionValue(held)) }))
    .sort((a, b) => b.value - a.value || a.held.index - b.held.index);
  const equity = account.equity();
  let gross = positions.reduce((sum, { value }) => sum + value, 0);
  const required = account.power.required(maintenance, gross);
  if (equity >= required) return;
  behind.log.add(
    now,
    'account',
    `margin call: equity of ${equity.toFixed(2)} is below the ${required.toFixed(2)} that positions need`,
  );
  const tied = required - maintenance * gross;
  for (const { held, value } of positions) {
    if (equity > 0 && equity >= maintenance * gross + tied) return;
    behind.close(held);
    gross -= value;
  }
}

import type { Account, Portfolio } from '@plimsoll/domain';
import { type Day, ok, type Result } from '@plimsoll/kernel';
import { type EngineFault, fault } from '../engine-fault.ts';
import type { LedgerView } from '../ledger/ledger-view.ts';

/** The accounts looked at, and the currency they are looked at in. */
export interface Scope {
  readonly portfolio: Portfolio;
  readonly currency: string;
  readonly accountIds: ReadonlySet<string>;
}

/** Which accounts and currency a request means: a portfolio or account by id or name, or `all`. */
export interface ScopeQuery {
  readonly portfolio: string;
  readonly base?: string | undefined;
}

/** Refuses a period that ends before it begins. */
export function checkPeriod(from: Day | undefined, to: Day): Result<null, EngineFault> {
  return from === undefined || from <= to
    ? ok(null)
    : fault('request.invalid', `The period begins on ${from}, after its last day, ${to}.`);
}

/** `all` is every account, in the currency of a portfolio of all of them, else of the first account. */
export function resolveScope(view: LedgerView, query: ScopeQuery): Result<Scope, EngineFault> {
  const portfolio = findPortfolio(view, query.portfolio);
  if (!portfolio) {
    const known = [
      'all',
      ...view.portfolios.map(({ name }) => name),
      ...view.accounts.map(({ name }) => name),
    ];
    return fault(
      'portfolio.unknown',
      `There is no portfolio or account "${query.portfolio}". Known: ${known.join(', ')}.`,
    );
  }
  return ok({
    portfolio,
    currency: query.base ?? portfolio.currency,
    accountIds: new Set(portfolio.accountIds),
  });
}

function findPortfolio(view: LedgerView, wanted: string): Portfolio | undefined {
  const named = view.portfolios.find(({ id, name }) => id === wanted || name === wanted);
  if (named) return named;
  if (wanted === 'all') return everything(view);
  const account = view.accounts.find(({ id, name }) => id === wanted || name === wanted);
  return account && ofAccount(account);
}

/** Every account; compared with what a portfolio of the same accounts is compared with. */
function everything({ accounts, portfolios }: LedgerView): Portfolio {
  const whole = portfolios.find(({ accountIds }) =>
    accounts.every(({ id }) => accountIds.includes(id)),
  );
  return {
    id: 'all',
    name: 'All accounts',
    currency: whole?.currency ?? accounts[0]?.currency ?? 'EUR',
    accountIds: accounts.map(({ id }) => id),
    ...(whole?.benchmarkId === undefined ? {} : { benchmarkId: whole.benchmarkId }),
  };
}

const ofAccount = ({ id, name, currency }: Account): Portfolio => ({
  id,
  name,
  currency,
  accountIds: [id],
});

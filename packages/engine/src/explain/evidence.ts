import type { Transaction } from '@plimsoll/domain';
import type { LedgerView } from '../ledger/ledger-view.ts';
import { type Measurement, touches, type Valuation } from '../valuation/measure.ts';
import type { DerivationView } from '../views.ts';
import { describeTransaction } from './describe-transaction.ts';

const shown = 200;

/** Which transactions a figure came from. */
export interface EvidenceFilter {
  readonly accountId?: string;
  readonly instrumentId?: string;
  readonly types?: ReadonlySet<string>;
  readonly from?: string | undefined;
}

/** The transactions behind a figure, newest first: their number, the first of them and how to list them all. */
export function evidence(
  view: LedgerView,
  valuation: Valuation,
  filter: EvidenceFilter,
): DerivationView['transactions'] {
  const matching = view.transactions
    .filter((t) => matches(t, valuation, filter))
    .sort((a, b) => (a.effectiveAt < b.effectiveAt ? 1 : a.effectiveAt > b.effectiveAt ? -1 : 0));
  return {
    count: matching.length,
    query: queryOf(valuation, filter),
    items: matching.slice(0, shown).map((t) => ({
      id: t.id,
      effectiveAt: t.effectiveAt,
      type: t.type,
      text: describeTransaction(t, view.instruments),
      source: t.source ? `${t.source.file}:${t.source.line}` : null,
    })),
  };
}

function matches(t: Transaction, valuation: Valuation, filter: EvidenceFilter): boolean {
  if (t.effectiveAt > valuation.at || !touches(valuation.scope, t)) return false;
  if (filter.from !== undefined && t.effectiveAt < filter.from) return false;
  if (filter.types && !filter.types.has(t.type)) return false;
  if (filter.accountId !== undefined && !ofAccount(t, filter.accountId)) return false;
  return filter.instrumentId === undefined || names(t, filter.instrumentId);
}

const ofAccount = (t: Transaction, accountId: string): boolean =>
  t.accountId === accountId || (t.type === 'transfer' && t.toAccountId === accountId);

/** Whether the transaction names the instrument in any of its members. */
function names(t: Transaction, instrumentId: string): boolean {
  const members: Partial<Record<string, unknown>> = { ...t };
  return (
    members['instrumentId'] === instrumentId ||
    members['childId'] === instrumentId ||
    members['intoId'] === instrumentId ||
    (t as { reinvested?: { instrumentId: string } }).reinvested?.instrumentId === instrumentId
  );
}

function queryOf({ scope, at }: Valuation, filter: EvidenceFilter): string {
  const query = new URLSearchParams();
  if (filter.accountId !== undefined) query.set('account', filter.accountId);
  else query.set('portfolio', scope.portfolio.id);
  if (filter.instrumentId !== undefined) query.set('instrument', filter.instrumentId);
  if (filter.types?.size === 1) query.set('type', [...filter.types][0] ?? '');
  if (filter.from !== undefined) query.set('from', filter.from);
  query.set('to', at);
  return query.toString();
}

/** From when on a period's evidence counts. */
export const since = (measurement: Measurement): { readonly from?: string } =>
  measurement.book.startValue === 0n || measurement.from === null ? {} : { from: measurement.from };

import type { Day } from '@plimsoll/kernel';
import type { LedgerView } from '../ledger/ledger-view.ts';
import { type Measurement, measure, type Valuation, valueAt } from './measure.ts';
import type { Scope } from './scope.ts';

const kept = 24;

/**
 * The latest computations, found again as long as ledger, catalogue and prices are the same: card,
 * table, chart and explanation read one and the same.
 */
export class FigureCache {
  readonly #results = new Map<string, Measurement | Valuation>();

  measurement(view: LedgerView, scope: Scope, from: Day | undefined, to: Day): Measurement {
    return this.#find(keyOf(view, scope, `measure ${from ?? ''} ${to}`), () =>
      measure(view, scope, from, to),
    );
  }

  valuation(view: LedgerView, scope: Scope, at: Day): Valuation {
    return this.#find(keyOf(view, scope, `value ${at}`), () => valueAt(view, scope, at));
  }

  #find<T extends Measurement | Valuation>(key: string, compute: () => T): T {
    const known = this.#results.get(key);
    this.#results.delete(key);
    const result = (known as T | undefined) ?? compute();
    this.#results.set(key, result);
    for (const oldest of this.#results.keys()) {
      if (this.#results.size <= kept) break;
      this.#results.delete(oldest);
    }
    return result;
  }
}

const keyOf = (view: LedgerView, scope: Scope, what: string): string =>
  [
    view.workspaceId,
    view.seq,
    view.catalogueVersion,
    view.priceVersion,
    scope.portfolio.id,
    scope.currency,
    what,
  ].join('|');

import { ok, type Result } from '@plimsoll/kernel';
import type { ExplainQuery } from '../engine.ts';
import { type EngineContext, today } from '../engine-context.ts';
import { type EngineFault, fault } from '../engine-fault.ts';
import type { LedgerView } from '../ledger/ledger-view.ts';
import type { FigureCache } from '../valuation/figure-cache.ts';
import { notesOf } from '../valuation/performance-view.ts';
import { checkPeriod, resolveScope } from '../valuation/scope.ts';
import type { DerivationView } from '../views.ts';
import type { Explanation } from './derivation.ts';
import { explainHolding, type HoldingField, holdingFields } from './explain-holding.ts';
import { explainContribution, periodFigures } from './explain-period.ts';

/** How a figure came about: from the very computation that gave it. */
export function explain(
  context: EngineContext,
  cache: FigureCache,
  view: LedgerView,
  query: ExplainQuery,
): Result<DerivationView, EngineFault> {
  const scope = resolveScope(view, query);
  if (!scope.ok) return scope;
  const { figure } = query;
  const to = query.at ?? query.to ?? today(context);
  const [area = '', ...rest] = figure.split(':');
  let explanation: Explanation | null = null;
  let leftOut: readonly string[] = [];
  if (area === 'holding') {
    const valuation = cache.valuation(view, scope.value, to);
    explanation = holdingOf(view, valuation, rest);
    leftOut = valuation.value.leftOut;
  } else {
    const period = checkPeriod(query.from, to);
    if (!period.ok) return period;
    const measurement = cache.measurement(view, scope.value, query.from, to);
    leftOut = [...measurement.value.leftOut, ...notesOf(measurement)];
    explanation =
      area === 'contribution'
        ? explainContribution(view, measurement, rest.join(':'))
        : Object.hasOwn(periodFigures, figure)
          ? (periodFigures[figure]?.(view, measurement) ?? null)
          : null;
  }
  if (!explanation) {
    return fault(
      'figure.unknown',
      `There is no figure "${figure}". Known: ${Object.keys(periodFigures).join(', ')}, contribution:<instrument>, holding:<account>:<instrument>:<${holdingFields.join('|')}>.`,
    );
  }
  return ok({
    figure,
    ...explanation,
    leftOut: [...leftOut],
    computedAt: context.clock.now(),
    ledgerSeq: view.seq,
  });
}

/** `<account>:<instrument>:<field>`; ids or names. The instrument itself may hold a colon (`cash:EUR`). */
function holdingOf(
  view: LedgerView,
  valuation: Parameters<typeof explainHolding>[1],
  parts: readonly string[],
) {
  const [account = '', ...middle] = parts;
  const field = holdingFields.find((one) => one === middle.at(-1));
  const wanted = middle.slice(0, field ? -1 : undefined).join(':');
  const accountId = view.accounts.find(({ id, name }) => id === account || name === account)?.id;
  if (accountId === undefined) return null;
  const instrument = [...view.instruments.values()].find(
    ({ id, symbol, isin, name }) =>
      id === wanted || symbol === wanted || isin === wanted || name === wanted,
  );
  const isCash = wanted.startsWith('cash:') || /^[A-Z]{3}$/.test(wanted);
  const key = instrument?.id ?? (isCash ? `cash:${wanted.replace('cash:', '')}` : wanted);
  return explainHolding(view, valuation, accountId, key, (field ?? 'value') satisfies HoldingField);
}

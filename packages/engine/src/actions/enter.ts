import { type CorporateAction, parseRatio } from '@plimsoll/domain';
import { ok, parseDecimal, type Result } from '@plimsoll/kernel';
import { type MarketAction, marketWorkspace, type Store, type UnitOfWork } from '@plimsoll/ports';
import { noteNames } from '../catalogue/symbol-history.ts';
import { type EngineFault, fault } from '../engine-fault.ts';
import type { LedgerView } from '../ledger/ledger-view.ts';
import type { ActionView, NewAction } from './action-use-cases.ts';
import { actionView, knownActions } from './proposals.ts';

type Outcome<T> = Promise<Result<T, EngineFault>>;

/** One of a kind on a day is one action, whoever tells of it. */
export const actionId = (
  instrumentId: string,
  kind: CorporateAction['kind'],
  day: string,
): string => `${instrumentId}:${kind}:${day}`;

/** Reads an action as a person wrote it. */
export function readAction(
  instrumentId: string,
  { kind, day, payDay, value, currency, other, second }: NewAction,
): Result<CorporateAction, EngineFault> {
  const wrong = wrongValue(kind, value);
  if (wrong) return fault('request.invalid', wrong);
  if (second !== undefined && !isPositive(second)) {
    return fault('request.invalid', `second: "${second}" is not a number above 0.`);
  }
  if ((kind === 'spin-off' || kind === 'symbol-change') && other === undefined) {
    return fault('request.invalid', `A ${kind} needs the other symbol.`);
  }
  return ok({
    id: actionId(instrumentId, kind, day),
    instrumentId,
    kind,
    day,
    payDay: payDay ?? null,
    value,
    currency: currency ?? null,
    other: other ?? null,
    second: second ?? null,
    source: 'by hand',
  });
}

const isPositive = (text: string): boolean => {
  const read = parseDecimal(text);
  return read.ok && read.value > 0n;
};

function wrongValue(kind: CorporateAction['kind'], value: string): string | null {
  if (kind === 'split') {
    return parseRatio(value) ? null : `value: "${value}" is not a ratio like 4:1 or 1:20.`;
  }
  if (kind === 'merger' || kind === 'delisting') {
    const read = parseDecimal(value);
    return read.ok && read.value >= 0n ? null : `value: "${value}" is not a number, 0 or more.`;
  }
  return isPositive(value) ? null : `value: "${value}" is not a number above 0.`;
}

/** Where an action of an instrument is kept: with the listing that all share, or in its own workspace. */
export const homeOf = async (unit: UnitOfWork, instrumentId: string): Promise<string> =>
  (await unit.links.listingOf(instrumentId)) ?? instrumentId;

/** Keeps an action for all holders of a listing. The market is written by itself, not within a unit. */
export const saveShared = (store: Store, action: CorporateAction, withdrawn: boolean) =>
  store.write(marketWorkspace, async (unit) => {
    const known = (await unit.catalogue.instruments()).find(({ id }) => id === action.instrumentId);
    if (!known) return fault('instrument.unknown', `There is no listing "${action.instrumentId}".`);
    const saved = await unit.actions.save([{ ...action, withdrawn }]);
    await noteNames(unit, saved);
    return ok(saved);
  });

/** An action that the workspace can see, by its id. */
export async function findAction(
  unit: UnitOfWork,
  view: LedgerView,
  id: string,
): Outcome<{ readonly action: MarketAction; readonly shown: ActionView }> {
  const known = (await knownActions(unit, view)).find(({ action }) => action.id === id);
  if (!known) return fault('action.unknown', `There is no corporate action "${id}".`);
  return ok({ action: known.action, shown: actionView(known) });
}

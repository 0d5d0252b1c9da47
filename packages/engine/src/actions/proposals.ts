import {
  actionEffect,
  type CorporateAction,
  type EffectFacts,
  type Instrument,
  instrumentLabel,
  PriceBook,
  type ProposedAction,
  proposeActions,
  RateBook,
  transactionToJson,
  type UnitsHeld,
} from '@plimsoll/domain';
import { type DayNumber, dayNumber, decimal, formatDecimal } from '@plimsoll/kernel';
import type { ActionDecision, MarketAction, UnitOfWork } from '@plimsoll/ports';
import type { LedgerView } from '../ledger/ledger-view.ts';
import { sha256 } from '../write.ts';
import type { ActionView, ProposalView } from './action-use-cases.ts';

/** An action with what a workspace made of it. */
export interface Proposal {
  readonly view: ProposalView;
  readonly action: MarketAction;
  readonly held: UnitsHeld;
  readonly facts: EffectFacts;
}

/** Actions that concern instruments of a workspace, each with the workspace's own instrument. */
export interface KnownAction {
  readonly action: MarketAction;
  readonly instrument: Instrument;
  readonly shared: boolean;
}

/** Actions of the workspace's own instruments and of the listings that they are. */
export async function knownActions(
  unit: UnitOfWork,
  { instruments }: LedgerView,
): Promise<readonly KnownAction[]> {
  const holders = new Map<string, Instrument[]>();
  for (const instrument of instruments.values()) holders.set(instrument.id, [instrument]);
  const listings = new Set<string>();
  for (const { instrumentId, listingId } of await unit.links.links()) {
    const instrument = instruments.get(instrumentId);
    if (listingId === null || instrument === undefined) continue;
    listings.add(listingId);
    holders.set(listingId, [...(holders.get(listingId) ?? []), instrument]);
  }
  const actions = await unit.actions.actions([...holders.keys()]);
  return actions.flatMap((action) =>
    (holders.get(action.instrumentId) ?? []).map((instrument) => ({
      action,
      instrument,
      shared: listings.has(action.instrumentId),
    })),
  );
}

export const actionView = ({ action, instrument, shared }: KnownAction): ActionView => {
  const { id, kind, day, payDay, value, currency, other, second, source } = action;
  const { version, recordedAt } = action;
  const label = instrumentLabel(instrument);
  return {
    id,
    instrumentId: instrument.id,
    instrument: label,
    kind,
    day,
    payDay,
    value,
    currency,
    other,
    second,
    source,
    version,
    recordedAt,
    shared,
  };
};

/**
 * What corporate actions up to `today` mean for the accounts of a workspace: worked out from the
 * ledger each time, so that it is never behind it; only decisions are kept.
 */
export async function proposalsOf(
  unit: UnitOfWork,
  view: LedgerView,
  today: string,
): Promise<readonly Proposal[]> {
  const known = (await knownActions(unit, view)).filter(({ action }) => action.day <= today);
  if (known.length === 0) return [];
  const byId = new Map(known.map(({ action }) => [action.id, action]));
  const decisions = new Map(
    (await unit.actions.decisions()).map((one) => [keyOf(one.actionId, one.accountId), one]),
  );
  const inForce = new Set(view.transactions.map(({ id }) => id));
  const standing = (action: CorporateAction, accountId: string): ActionDecision | null => {
    const decision = decisions.get(keyOf(action.id, accountId));
    return decision && stands(decision, byId.get(action.id), inForce) ? decision : null;
  };
  const proposed = proposeActions(view.transactions, known, {
    book: {
      currency: view.accounts[0]?.currency ?? 'EUR',
      accounts: view.accounts,
      instruments: view.instruments,
      scope: new Set(view.accounts.map(({ id }) => id)),
      cashTracked: view.cashTracked,
      rates: new RateBook(view.accounts[0]?.currency ?? 'EUR', view.rates),
      prices: new PriceBook(view.prices),
    },
    isDeclined: (action, accountId) => standing(action, accountId) !== null,
    factsFor: (held) => effectFacts(view, held),
  });
  return proposed.flatMap((one): Proposal[] => {
    const action = byId.get(one.action.id);
    if (action === undefined) return [];
    const decision = standing(action, one.accountId);
    const facts = effectFacts(view, one);
    return [{ action, held: one, facts, view: proposalView(view, one, action, decision) }];
  });
}

/**
 * Confirmed actions that are none any more, withdrawn or of what was not held after all, and whose
 * transactions are still in force: for their holder to reverse.
 */
export async function leftOver(
  unit: UnitOfWork,
  view: LedgerView,
  proposals: readonly Proposal[],
): Promise<readonly ProposalView[]> {
  const there = new Set(proposals.map(({ action, view: one }) => keyOf(action.id, one.accountId)));
  const inForce = new Map(view.transactions.map((one) => [one.id, one]));
  const left: ProposalView[] = [];
  for (const decision of await unit.actions.decisions()) {
    const { actionId, accountId, transactionIds } = decision;
    const recorded = transactionIds.flatMap((id) => inForce.get(id) ?? []);
    const isGone = decision.decision !== 'confirmed' || recorded.length === 0;
    if (isGone || there.has(keyOf(actionId, accountId))) continue;
    const action = (await unit.actions.history(actionId)).at(-1);
    const [first] = recorded;
    const instrumentId = first && 'instrumentId' in first ? (first.instrumentId ?? '') : '';
    const instrument = view.instruments.get(instrumentId);
    if (action === undefined || instrument === undefined) continue;
    const why = action.withdrawn ? 'The action was withdrawn' : 'Nothing was held on its day';
    left.push({
      ...headOf(view, action, accountId, instrument),
      units: '0',
      state: 'confirmed',
      text: decision.reason,
      needs: [],
      review: true,
      reason: `${why}, and what was recorded for it stands: reverse it.`,
      transactions: [],
      transactionIds: recorded.map(({ id }) => id),
      decidedBy: decision.decidedBy,
      decidedAt: decision.decidedAt,
    });
  }
  return left;
}

const keyOf = (actionId: string, accountId: string): string => `${actionId}\n${accountId}`;

/** A decision stands until it is taken back, what it recorded is reversed, or the action is corrected. */
function stands(
  { decision, transactionIds, actionVersion }: ActionDecision,
  action: MarketAction | undefined,
  inForce: ReadonlySet<string>,
): boolean {
  if (decision === 'reopened') return false;
  if (decision === 'declined') return action?.version === actionVersion;
  return transactionIds.every((id) => inForce.has(id));
}

function proposalView(
  view: LedgerView,
  proposed: ProposedAction,
  action: MarketAction,
  decision: ActionDecision | null,
): ProposalView {
  const { accountId, instrument, units, effect, settledBy } = proposed;
  const decided = decision?.decision === 'confirmed' ? 'confirmed' : 'declined';
  const state = decision ? decided : proposed.state === 'settled' ? 'settled' : 'open';
  const doubt = decision ? doubtAbout(decision, proposed, action) : null;
  return {
    ...headOf(view, action, accountId, instrument),
    units: formatDecimal(units),
    state,
    text: effect.text,
    needs: [...effect.needs],
    review: doubt !== null,
    reason: doubt ?? reasonFor(view, proposed, decision),
    transactions: effect.drafts.map((draft) => ({ ...(transactionToJson(draft) as object) })),
    transactionIds: decision
      ? [...decision.transactionIds]
      : settledBy && state === 'settled'
        ? [settledBy.id]
        : [],
    decidedBy: decision?.decidedBy ?? null,
    decidedAt: decision?.decidedAt ?? null,
  };
}

const headOf = (
  { accounts }: LedgerView,
  { id, kind, day, payDay }: MarketAction,
  accountId: string,
  instrument: Instrument,
) => ({
  id: sha256(keyOf(id, accountId)).slice(0, 16),
  actionId: id,
  accountId,
  account: accounts.find((one) => one.id === accountId)?.name ?? accountId,
  instrumentId: instrument.id,
  instrument: instrumentLabel(instrument),
  kind,
  day,
  payDay,
});

/** Why what was decided may no longer be right: the action or the record has changed since. */
function doubtAbout(
  { decision, actionVersion, reason }: ActionDecision,
  { units }: ProposedAction,
  { version, kind }: MarketAction,
): string | null {
  if (actionVersion < version) {
    return 'The action was corrected after this was decided: compare what was recorded.';
  }
  // What was confirmed is kept as it read, units first.
  const [unitsThen] = reason.split(' ');
  if (decision !== 'confirmed' || kind === 'symbol-change' || reason === '') return null;
  return unitsThen === formatDecimal(units)
    ? null
    : `It was confirmed when it read: ${reason} The record has changed since: compare what was recorded.`;
}

function reasonFor(
  view: LedgerView,
  proposed: ProposedAction,
  decision: ActionDecision | null,
): string | null {
  if (decision) return decision.reason === '' ? null : decision.reason;
  if (proposed.settledBy) {
    const { type, effectiveAt } = proposed.settledBy;
    return `The record has a ${type} of ${effectiveAt}.`;
  }
  const share = shareByCloses(view, proposed);
  return share === null
    ? null
    : `The share of the cost is by the closes of ${proposed.action.day}; your broker or tax office may say another.`;
}

/** What other records know of an effect. */
function effectFacts(view: LedgerView, held: UnitsHeld): EffectFacts {
  const share = shareByCloses(view, held);
  return {
    instrumentOf: (symbol) => instrumentBySymbol(view, symbol, held.instrument),
    ...(share === null ? {} : { costShare: decimal(share.toFixed(6)) }),
  };
}

function instrumentBySymbol(
  { instruments }: Pick<LedgerView, 'instruments'>,
  symbol: string,
  { id: ofId, currency }: Instrument,
): Instrument | null {
  const wanted = symbol.toUpperCase();
  const found = [...instruments.values()].filter(
    (one) => one.id !== ofId && one.symbol?.toUpperCase() === wanted,
  );
  return found.find((one) => one.currency === currency) ?? found[0] ?? null;
}

/** Days after a spin-off within which both must have traded for their closes to tell the share. */
const firstTrades = 5;

/** Child's worth ÷ worth of both, by the first closes on which both traded; null where they are not known. */
function shareByCloses(view: LedgerView, { action, instrument }: UnitsHeld): number | null {
  if (action.kind !== 'spin-off' || action.second !== null || action.other === null) return null;
  const child = instrumentBySymbol(view, action.other, instrument);
  if (child === null) return null;
  const from = dayNumber(action.day);
  for (let day = from; day <= from + firstTrades; day++) {
    const [parentClose, childClose] = [closeOn(view, instrument, day), closeOn(view, child, day)];
    if (parentClose === null || childClose === null) continue;
    const worth = childClose * Number(action.value);
    return worth / (worth + parentClose);
  }
  return null;
}

function closeOn(
  { prices }: Pick<LedgerView, 'prices'>,
  { id }: Instrument,
  day: DayNumber,
): number | null {
  const series = prices.get(id);
  const at = series?.days.indexOf(day) ?? -1;
  return at < 0 ? null : (series?.close[at] ?? null);
}

/** The effect with what the holder says put in. */
export const effectWith = ({ held, facts }: Proposal, said: Partial<EffectFacts>) =>
  actionEffect(held, { ...facts, ...said });

import {
  type EffectFacts,
  type Instrument,
  plainInstrument,
  transactionToJson,
} from '@plimsoll/domain';
import { type Json, ok, parseDecimal, type Result } from '@plimsoll/kernel';
import type { ActionDecision, ActionRule, UnitOfWork } from '@plimsoll/ports';
import { noteNames } from '../catalogue/symbol-history.ts';
import { type EngineContext, today } from '../engine-context.ts';
import { type EngineFault, fault } from '../engine-fault.ts';
import type { LedgerViews } from '../ledger/ledger-view.ts';
import { recordTransactions } from '../record/record.ts';
import type { DecidedView, ProposalDecision } from './action-use-cases.ts';
import { effectWith, type Proposal, proposalsOf } from './proposals.ts';

type Outcome<T> = Promise<Result<T, EngineFault>>;

/** What a decision is carried out with. */
export interface Deciding {
  readonly context: EngineContext;
  readonly views: LedgerViews;
  readonly unit: UnitOfWork;
  readonly actor: string;
}

/** Kinds that pay cash and leave the units as they are, so that what comes after is not touched. */
const paysOnly: ReadonlySet<string> = new Set([
  'dividend',
  'special-dividend',
  'return-of-capital',
]);

/** Carries out decisions, oldest action first; the first that cannot be is a fault, and none counts. */
export async function decideProposals(
  deciding: Deciding,
  decisions: readonly ProposalDecision[],
): Outcome<DecidedView> {
  const wanted = new Map(decisions.map((one) => [one.id, one]));
  let proposals = await current(deciding);
  const order = proposals.filter(({ view }) => wanted.has(view.id)).map(({ view }) => view);
  const missing = decisions.find(({ id }) => !order.some((view) => view.id === id));
  if (missing) return fault('action.unknown', `There is no proposal "${missing.id}".`);
  const done = { confirmed: 0, declined: 0, reopened: 0, transactionIds: [] as string[] };
  const payments = new Payments(deciding);
  for (const { id } of order) {
    const decision = wanted.get(id);
    const proposal = proposals.find(({ view }) => view.id === id);
    if (!decision || !proposal) {
      return fault('action.unknown', `Nothing is left to decide about "${id}".`);
    }
    const ids = await decideOne(deciding, payments, proposal, decision);
    if (!ids.ok) return ids;
    done[decision.decision]++;
    done.transactionIds.push(...ids.value);
    // What it recorded changes what was held on the days after it.
    if (changesUnits(proposal, decision)) proposals = await current(deciding);
  }
  const paid = await payments.record();
  if (!paid.ok) return paid;
  done.transactionIds.push(...paid.value);
  return ok(done);
}

const changesUnits = ({ view }: Proposal, { decision }: ProposalDecision): boolean =>
  decision === 'confirmed' && !paysOnly.has(view.kind);

/** Carries one out, or puts it with the payments that wait; gives what was recorded. */
async function decideOne(
  deciding: Deciding,
  payments: Payments,
  proposal: Proposal,
  decision: ProposalDecision,
): Outcome<readonly string[]> {
  const refused = refusal(proposal, decision);
  if (refused) return refused;
  if (decision.decision === 'confirmed' && paysOnly.has(proposal.view.kind)) {
    const added = await payments.add(proposal, decision);
    return added.ok ? ok([]) : added;
  }
  const paid = await payments.record();
  if (!paid.ok) return paid;
  const ids = await carryOut(deciding, proposal, decision);
  return ids.ok ? ok([...paid.value, ...ids.value]) : ids;
}

/** Payments that are recorded together, as the ledger is checked once for all of them. */
class Payments {
  readonly #deciding: Deciding;
  #waiting: { readonly proposal: Proposal; readonly drafts: readonly Json[] }[] = [];

  constructor(deciding: Deciding) {
    this.#deciding = deciding;
  }

  async add(proposal: Proposal, decision: ProposalDecision): Outcome<null> {
    const drafts = await draftsOf(this.#deciding, proposal, decision);
    if (!drafts.ok) return drafts;
    this.#waiting.push({ proposal, drafts: drafts.value });
    return ok(null);
  }

  async record(): Outcome<readonly string[]> {
    const waiting = this.#waiting;
    if (waiting.length === 0) return ok([]);
    this.#waiting = [];
    const { context, views, unit, actor } = this.#deciding;
    const all = waiting.flatMap(({ drafts }) => drafts);
    const recorded = await recordTransactions(context, views, unit, all, actor);
    if (!recorded.ok) return recorded;
    let at = 0;
    for (const { proposal, drafts } of waiting) {
      const ids = recorded.value.ids.slice(at, at + drafts.length);
      const reason = proposal.view.text;
      await keep(this.#deciding, proposal, { decision: 'confirmed', transactionIds: ids, reason });
      at += drafts.length;
    }
    return ok(recorded.value.ids);
  }
}

/** Proposals as they stand with what this unit has written already, oldest first. */
async function current({ context, views, unit }: Deciding): Promise<readonly Proposal[]> {
  return proposalsOf(unit, await views.within(unit), today(context));
}

interface Kept {
  readonly decision: ActionDecision['decision'];
  readonly transactionIds?: readonly string[];
  readonly reason?: string;
}

const keep = (
  { unit, actor }: Deciding,
  { action, view }: Proposal,
  { decision, transactionIds = [], reason = '' }: Kept,
): Promise<void> =>
  unit.actions.decide([
    {
      actionId: action.id,
      actionVersion: action.version,
      accountId: view.accountId,
      decision,
      transactionIds,
      reason,
      decidedBy: actor,
    },
  ]);

async function carryOut(
  deciding: Deciding,
  proposal: Proposal,
  decision: ProposalDecision,
): Outcome<readonly string[]> {
  if (decision.decision !== 'confirmed') {
    await keep(deciding, proposal, { decision: decision.decision });
    return ok([]);
  }
  if (isRenaming(proposal, decision)) {
    const { view, action } = proposal;
    await rename(deciding.unit, proposal);
    const reason = `${view.instrument} is called ${action.other} from now on.`;
    await keep(deciding, proposal, { decision: 'confirmed', reason });
    return ok([]);
  }
  const drafts = await draftsOf(deciding, proposal, decision);
  if (!drafts.ok) return drafts;
  const { context, views, unit, actor } = deciding;
  const recorded = await recordTransactions(context, views, unit, drafts.value, actor);
  if (!recorded.ok) return recorded;
  await keep(deciding, proposal, {
    decision: 'confirmed',
    transactionIds: recorded.value.ids,
    reason: proposal.view.text,
  });
  return ok(recorded.value.ids);
}

const allowed: Readonly<Record<ActionDecision['decision'], readonly string[]>> = {
  confirmed: ['open'],
  declined: ['open'],
  reopened: ['declined', 'confirmed'],
};

function refusal({ view, action }: Proposal, { decision }: ProposalDecision) {
  if (!allowed[decision].includes(view.state)) {
    const what = `The ${action.kind} of ${view.instrument} on ${action.day} in ${view.account}`;
    return fault('action.decided', `${what} is ${view.state} and cannot be ${decision}.`, {
      id: view.id,
      transactionIds: view.transactionIds,
    });
  }
  if (decision === 'reopened' && view.transactionIds.length > 0) {
    const detail = 'It was recorded: reverse its transactions, and it is open again by itself.';
    return fault('action.decided', detail, { id: view.id, transactionIds: view.transactionIds });
  }
  return null;
}

/** A new name for the same thing, unless another instrument is there that goes by it. */
const isRenaming = ({ action, view }: Proposal, { successor }: ProposalDecision): boolean =>
  action.kind === 'symbol-change' &&
  action.other !== null &&
  successor === undefined &&
  view.needs.includes('successor');

async function rename(unit: UnitOfWork, { held, action }: Proposal): Promise<void> {
  const { instrument } = held;
  const symbol = action.other ?? instrument.symbol;
  if (instrument.symbol !== undefined) {
    const key = `symbol:${instrument.symbol}`;
    await unit.catalogue.saveAliases([{ key, instrumentId: instrument.id }]);
  }
  // Before the instrument itself is called anew, as its history begins with what it was called.
  await noteNames(unit, [{ ...action, instrumentId: instrument.id }]);
  await unit.catalogue.saveInstruments([{ ...instrument, ...(symbol ? { symbol } : {}) }]);
}

/** The transactions that confirming records. */
async function draftsOf(
  deciding: Deciding,
  proposal: Proposal,
  decision: ProposalDecision,
): Outcome<readonly Json[]> {
  const said = await saidFacts(deciding, proposal, decision);
  if (!said.ok) return said;
  const { drafts, needs } = effectWith(proposal, said.value);
  if (drafts.length > 0) return ok(drafts.map(transactionToJson));
  const { view, action } = proposal;
  const what = needs.includes('costShare')
    ? 'the share of the cost that goes to the child (costShare, 0 to 1)'
    : 'the instrument that it becomes (successor)';
  const detail = `The ${action.kind} of ${view.instrument} on ${action.day} needs ${what}.`;
  return fault('action.incomplete', detail, { id: view.id, needs });
}

/** What the holder said, read exactly; instruments that are not there yet are made. */
async function saidFacts(
  deciding: Deciding,
  proposal: Proposal,
  { amount, tax, on, costShare, successor }: ProposalDecision,
): Outcome<Partial<EffectFacts>> {
  const figures: { amount?: bigint; tax?: bigint; costShare?: bigint } = {};
  for (const [name, text] of Object.entries({ amount, tax, costShare })) {
    if (text === undefined) continue;
    const read = parseDecimal(text);
    if (!read.ok) return fault('request.invalid', `${name}: ${read.fault.detail}`);
    figures[name as keyof typeof figures] = read.value;
  }
  const into = await successorOf(deciding, proposal, successor);
  if (!into.ok) return into;
  const found = into.value;
  return ok({
    ...figures,
    ...(on === undefined ? {} : { on }),
    ...(found === null ? {} : { instrumentOf: () => found }),
  });
}

async function successorOf(
  { context, views, unit }: Deciding,
  { action, held, view }: Proposal,
  wanted: string | undefined,
): Outcome<Instrument | null> {
  if (wanted !== undefined) {
    const found = (await views.within(unit)).instruments.get(wanted);
    return found ? ok(found) : fault('instrument.unknown', `There is no instrument "${wanted}".`);
  }
  if (!view.needs.includes('successor') || action.other === null) return ok(null);
  const made = plainInstrument({
    id: context.newId(),
    kind: held.instrument.kind,
    name: action.other,
    symbol: action.other,
    currency: held.instrument.currency,
    priceFactor: held.instrument.priceFactor,
  });
  await unit.catalogue.saveInstruments([made]);
  return ok(made);
}

/**
 * Confirms what is open and of a kind that the workspace takes without asking; gives how many. What
 * the ledger refuses stays open for its holder to look at.
 */
export async function applyRules(
  deciding: Deciding,
  rules: readonly ActionRule[],
): Promise<number> {
  const kinds = new Set(rules.filter(({ confirm }) => confirm).map(({ kind }) => kind));
  if (kinds.size === 0) return 0;
  const tried = new Set<string>();
  let confirmed = 0;
  for (;;) {
    const next = (await current(deciding)).filter(
      ({ view }) =>
        view.state === 'open' &&
        kinds.has(view.kind) &&
        view.needs.length === 0 &&
        !tried.has(view.id),
    );
    const payments = next.filter(({ view }) => paysOnly.has(view.kind));
    const first = next[0];
    if (first === undefined) return confirmed;
    const batch = paysOnly.has(first.view.kind)
      ? payments.filter(({ view }) => view.day < (nextChange(next) ?? '9999-12-31'))
      : [first];
    for (const one of batch) {
      tried.add(one.view.id);
      const done = await carryOut(deciding, one, { id: one.view.id, decision: 'confirmed' });
      if (done.ok) confirmed++;
    }
  }
}

/** The day of the first of them that changes units. */
const nextChange = (proposals: readonly Proposal[]): string | undefined =>
  proposals.find(({ view }) => !paysOnly.has(view.kind))?.view.day;

import { ok, type Result } from '@plimsoll/kernel';
import { marketWorkspace, type UnitOfWork } from '@plimsoll/ports';
import { noteNames } from '../catalogue/symbol-history.ts';
import { type EngineContext, today } from '../engine-context.ts';
import { type EngineFault, fault } from '../engine-fault.ts';
import type { LedgerView, LedgerViews } from '../ledger/ledger-view.ts';
import type { Answer, WriteOptions, Written } from '../use-case.ts';
import type { ActionUseCases, ActionView } from './action-use-cases.ts';
import { applyRules, decideProposals } from './decide.ts';
import { findAction, homeOf, readAction, saveShared } from './enter.ts';
import { actionView, knownActions, leftOver, proposalsOf } from './proposals.ts';

/** What the use-cases of this area are put together from. */
export interface ActionParts {
  readonly context: EngineContext;
  readonly views: LedgerViews;
  readonly read: <T>(
    workspace: string,
    work: (unit: UnitOfWork, view: LedgerView) => Promise<Result<T, EngineFault>>,
  ) => Answer<T>;
  readonly write: <T>(
    workspace: string,
    options: WriteOptions,
    work: (unit: UnitOfWork) => Promise<Result<T, EngineFault>>,
  ) => Written<T>;
}

/** Corporate actions: what is known, what it means for a workspace, and what its holder decides. */
export function actionUseCases(parts: ActionParts): ActionUseCases {
  const { context, views, read, write } = parts;
  return {
    actions: (workspace, instrumentId) =>
      read(workspace, async (unit, view) => {
        const known = await knownActions(unit, view);
        const wanted = known.filter(
          ({ instrument }) => instrumentId === null || instrument.id === instrumentId,
        );
        return ok(wanted.map(actionView));
      }),
    addAction: async (workspace, wanted, options) => {
      const home = await read(workspace, async (unit, view) =>
        view.instruments.has(wanted.instrument)
          ? ok(await homeOf(unit, wanted.instrument))
          : fault('instrument.unknown', `There is no instrument "${wanted.instrument}".`),
      );
      if (!home.ok) return home;
      const action = readAction(home.value, wanted);
      if (!action.ok) return action;
      const isShared = home.value !== wanted.instrument;
      if (isShared) {
        const saved = await saveShared(context.store, action.value, false);
        if (!saved.ok) return saved;
      }
      return write(workspace, options, async (unit) => {
        if (!isShared) {
          await noteNames(unit, await unit.actions.save([{ ...action.value, withdrawn: false }]));
        }
        await applyOwnRules(parts, unit);
        const view = await views.within(unit);
        const found = await findAction(unit, view, action.value.id);
        return found.ok ? ok(found.value.shown) : found;
      });
    },
    withdrawAction: async (workspace, id, options) => {
      const found = await read(workspace, (unit, view) => findAction(unit, view, id));
      if (!found.ok) return found;
      const { action, shown } = found.value;
      const { version: _, withdrawn: __, recordedAt: ___, ...plain } = action;
      if (shown.shared) {
        const saved = await saveShared(context.store, plain, true);
        if (!saved.ok) return saved;
      }
      return write(workspace, options, async (unit) => {
        if (!shown.shared) {
          await noteNames(unit, await unit.actions.save([{ ...plain, withdrawn: true }]));
        }
        return ok<ActionView>(shown);
      });
    },
    proposals: (workspace, all) =>
      read(workspace, async (unit, view) => {
        const proposals = await proposalsOf(unit, view, today(context));
        const wanted = proposals.filter((one) => all || one.view.state === 'open');
        const views = wanted.map((one) => one.view).reverse();
        return ok(all ? [...(await leftOver(unit, view, proposals)), ...views] : views);
      }),
    decideProposals: (workspace, decisions, options) =>
      write(workspace, options, (unit) =>
        decideProposals({ context, views, unit, actor: options.actor }, decisions),
      ),
    actionRules: (workspace) =>
      read(workspace, async (unit) => ok([...(await unit.actions.rules())])),
    setActionRule: (workspace, rule, options) =>
      write(workspace, options, async (unit) => {
        await unit.actions.saveRule(rule, options.actor);
        await applyOwnRules(parts, unit);
        return ok(rule);
      }),
  };
}

async function applyOwnRules({ context, views }: ActionParts, unit: UnitOfWork): Promise<number> {
  const rules = await unit.actions.rules();
  return applyRules({ context, views, unit, actor: 'rule' }, rules);
}

/**
 * Tells the holders of listings that there are new actions: confirms what they take by rule, and
 * sends each workspace the event `actions.proposed` for the rest.
 */
export async function offerActions(
  { context, views }: Pick<ActionParts, 'context' | 'views'>,
  listingIds: readonly string[],
): Promise<void> {
  const { store } = context;
  const holders = await store.read(marketWorkspace, async ({ links }) => {
    const all = await Promise.all([...new Set(listingIds)].map((id) => links.holders(id)));
    return new Set(all.flat());
  });
  for (const workspace of holders) {
    try {
      await store.write(workspace, (unit) => offer(context, views, unit));
    } catch (error) {
      views.forget(workspace);
      throw error;
    }
  }
}

async function offer(context: EngineContext, views: LedgerViews, unit: UnitOfWork): Promise<void> {
  const rules = await unit.actions.rules();
  const confirmed = await applyRules({ context, views, unit, actor: 'rule' }, rules);
  const view = await views.within(unit);
  const open = (await proposalsOf(unit, view, today(context))).filter(
    (one) => one.view.state === 'open',
  );
  if (open.length + confirmed === 0) return;
  await unit.outbox.add([
    {
      id: context.newId(),
      type: 'actions.proposed',
      payload: { open: open.length, confirmed },
    },
  ]);
}

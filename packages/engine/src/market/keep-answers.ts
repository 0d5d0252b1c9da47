import { instrumentLabel } from '@plimsoll/domain';
import type { Json } from '@plimsoll/kernel';
import type { ProviderHealth, QualityFinding, QuarantinedPrice, UnitOfWork } from '@plimsoll/ports';
import { noteNames } from '../catalogue/symbol-history.ts';
import type { ItemOutcome } from '../jobs/job-handler.ts';
import type { Asked } from './ask-provider.ts';
import type { MarketContext } from './market-context.ts';
import type { Subject } from './price-subject.ts';

/** What a write has kept that others must hear of. */
interface Kept {
  readonly hasActions: boolean;
}

type PriceOutcome = Omit<ItemOutcome, 'write'> & {
  readonly write: (unit: UnitOfWork) => Promise<Kept>;
};

/** What all providers made of one listing. */
export interface Answers {
  readonly subject: Subject;
  readonly asked: readonly Asked[];
  readonly best: Asked | null;
  readonly compared: readonly QualityFinding[];
}

/** Faults that may be gone after a while. */
const passing: ReadonlySet<string> = new Set([
  'market-data.unavailable',
  'market-data.rate-limited',
  'market-data.unreadable',
]);

/** What came of it, and what is kept of it with its mark. */
export function outcome(context: MarketContext, answers: Answers): PriceOutcome {
  const { asked, best, subject } = answers;
  const write = (unit: UnitOfWork) => keep(context, unit, answers);
  if (best !== null) return { state: 'done', note: takenNote(best, subject), write };
  const label = instrumentLabel(subject.listing);
  if (asked.length === 0) {
    const note = `No provider that is turned on has daily prices of ${label}.`;
    return { state: 'failed', note, write };
  }
  const faults = asked.flatMap(({ fault }) => fault ?? []);
  const refused = asked.flatMap(({ taken }) => (taken?.refused ? [taken.refused] : []));
  const note = [...refused, ...faults.map(({ detail }) => detail)].join(' ');
  if (faults.some(({ code }) => passing.has(code)) && refused.length === 0) {
    const afterMs = Math.max(0, ...faults.map(({ retryAfterMs }) => retryAfterMs ?? 0));
    return { state: 'again', note, afterMs, write };
  }
  if (note !== '') return { state: 'failed', note, write };
  return { state: 'done', note: `Nothing new of ${label}.`, write };
}

function takenNote({ provider, taken }: Asked, { known }: Subject): string {
  const isKnown = new Set(known.days);
  const days = taken?.bars?.days ?? new Int32Array();
  const added = days.filter((day) => !isKnown.has(day)).length;
  const parts = [`${added} days added from ${provider.id}`];
  if (taken && taken.restated > 0) parts.push(`${taken.restated} restated`);
  if (taken && taken.quarantined.length > 0) parts.push(`${taken.quarantined.length} kept back`);
  return `${parts.join(', ')}.`;
}

/** All of it in the unit that marks the item. */
async function keep(context: MarketContext, unit: UnitOfWork, answers: Answers): Promise<Kept> {
  const { asked, best, subject, compared } = answers;
  const { id } = subject.listing;
  const taken = asked.flatMap((one) => one.taken ?? []);
  const events: { id: string; type: string; payload: Json }[] = [];
  let hasActions = false;
  if (best?.taken?.bars) {
    const merged = await unit.prices.merge(id, best.taken.bars, best.provider.id);
    if (merged.added + merged.changed > 0) {
      events.push({
        id: context.newId(),
        type: 'prices.changed',
        payload: { instrumentIds: [id] },
      });
    }
    const actions = await unit.actions.save(best.taken.actions);
    hasActions = actions.length > 0;
    await noteNames(unit, actions);
    await rememberName(unit, best, subject);
    for (const row of best.taken.confirmed) {
      const reason = `A later answer of ${best.provider.id} confirms it.`;
      await unit.quality.decide(row.id, 'released', reason, 'rule');
    }
  }
  const rows: QuarantinedPrice[] = taken.flatMap(({ quarantined }) => quarantined);
  await unit.prices.quarantine(rows);
  const found = await unit.quality.add([...taken.flatMap(({ findings }) => findings), ...compared]);
  if (found.length > 0) {
    const payload = { kind: 'found', instrumentIds: [id], findings: [...found] };
    events.push({ id: context.newId(), type: 'quality.found', payload });
  }
  for (const health of healthOf(asked)) await unit.quality.saveProvider(health);
  await unit.outbox.add(events);
  return { hasActions };
}

async function rememberName(unit: UnitOfWork, { name, provider }: Asked, { listing }: Subject) {
  if (name?.found !== true) return;
  await unit.links.setProviderSymbol(listing.id, provider.id, name.symbol.symbol);
}

const healthOf = (asked: readonly Asked[]): readonly ProviderHealth[] =>
  asked.flatMap(({ provider }) => provider.health?.() ?? []);

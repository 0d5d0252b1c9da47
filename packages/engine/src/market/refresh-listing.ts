import { type Job, marketWorkspace } from '@plimsoll/ports';
import type { ItemOutcome, JobHandler } from '../jobs/job-handler.ts';
import { type Asked, ask, compareWith, type Question } from './ask-provider.ts';
import { outcome } from './keep-answers.ts';
import { alarm } from './late-alarm.ts';
import type { MarketContext } from './market-context.ts';
import { KeptListings, readSubject } from './price-subject.ts';
import type { Turns } from './turns.ts';

/** Brings the prices and actions of one listing up to date, or fills in their whole history. */
export function priceHandler(
  context: MarketContext,
  turns: Turns,
  offer: OfferActions,
): JobHandler {
  const listings = new KeptListings();
  const withActions = new Set<string>();
  return {
    item: async (job, listingId, signal) => {
      const subject = await readSubject(context, listings, { job, listingId });
      if (subject === null) return gone;
      const outcome = await refresh(context, turns, { job, subject, signal });
      return {
        ...outcome,
        write: async (unit) => {
          const { hasActions } = await outcome.write(unit);
          if (hasActions) withActions.add(listingId);
        },
      };
    },
    settle: async (job) => {
      // What an interrupted job found before is not known any more: all of it is looked at.
      const ids = job.doneBefore > 0 ? await keysOf(context, job) : [...withActions];
      withActions.clear();
      if (ids.length > 0) await offer(ids);
    },
    finish: (unit, job) => alarm(context, unit, job),
  };
}

/** Tells the holders of listings that there are new actions. */
export type OfferActions = (listingIds: readonly string[]) => Promise<void>;

const keysOf = ({ store }: MarketContext, { id, total }: Job): Promise<readonly string[]> =>
  store.read(marketWorkspace, async ({ jobs }) =>
    (await jobs.items(id, null, total)).map(({ key }) => key),
  );

async function refresh(
  context: MarketContext,
  turns: Turns,
  question: Question & { readonly job: Job },
) {
  const { subject, job, signal } = question;
  const providers = context.sources.for(subject.listing.kind, 'daily');
  const asked: Asked[] = [];
  for (const provider of providers) {
    if (signal.aborted) break;
    const answer = await ask(turns, provider, question);
    asked.push(answer);
    if (answer.taken?.bars && answer.taken.bars.days.length > 0) break;
  }
  const best = asked.find(({ taken }) => taken?.bars && taken.bars.days.length > 0);
  const second = providers.find((one) => asked.every(({ provider }) => provider !== one));
  const compared =
    best && second && job.kind === 'refresh'
      ? await compareWith(turns, second, best, question)
      : [];
  return outcome(context, { subject, asked, best: best ?? null, compared });
}

const gone: ItemOutcome = {
  state: 'failed',
  note: 'There is no such listing any more.',
  write: async () => undefined,
};

import { type DayNumber, dayFromNumber, dayNumber, present } from '@plimsoll/kernel';
import type { MarketDataFault, MarketDataProvider, QualityFinding } from '@plimsoll/ports';
import { fitSeries } from '../prices/price-unit.ts';
import { joinRows, rowsWhere } from './bar-rows.ts';
import { sourcesDisagree } from './compare-known.ts';
import { tradingDaysOf } from './freshness.ts';
import { joinSplits, splitsOf, toldSplits } from './market-actions.ts';
import type { Subject } from './price-subject.ts';
import { type ProviderName, providerName } from './provider-name.ts';
import { noteOf } from './quality-findings.ts';
import { toTraded } from './split-basis.ts';
import { type Taken, takeHistory } from './take-history.ts';
import type { Turns } from './turns.ts';

/** Newest days on which a second source is compared with the first. */
const comparedDays = 30;
/** What one provider made of the question. */
export interface Asked {
  readonly provider: MarketDataProvider;
  readonly name: ProviderName | null;
  readonly fault: MarketDataFault | null;
  readonly taken: Taken | null;
}

/** What is to be asked, and until when anyone wants to know. */
export interface Question {
  readonly subject: Subject;
  readonly signal: AbortSignal;
}

/** Asks one provider, and decides what of its answer is kept. */
export async function ask(
  turns: Turns,
  provider: MarketDataProvider,
  { subject, signal }: Question,
): Promise<Asked> {
  const { listing, from, until } = subject;
  const name = await providerName(listing, provider, subject.names.get(provider.id));
  if (!name.ok) return { provider, name: null, fault: name.fault, taken: null };
  const answer = await daily(turns, provider, name.value, { from, until, signal });
  if (!answer.ok) return { provider, name: name.value, fault: answer.fault, taken: null };
  const taken = takeHistory({
    listing,
    source: provider.id,
    history: answer.value,
    from,
    until,
    known: subject.known,
    isSameSource: subject.sources.length === 0 || subject.sources.includes(provider.id),
    actions: subject.actions,
    tradingDays: tradingDaysOf(listing, from, until),
    decided: subject.decided,
  });
  return { provider, name: name.value, fault: null, taken };
}

interface Range {
  readonly from: DayNumber;
  readonly until: DayNumber;
  readonly signal: AbortSignal;
}

/** A provider is the world outside: what it throws at us is its fault, not a bug of ours. */
async function daily(
  turns: Turns,
  provider: MarketDataProvider,
  { symbol }: ProviderName,
  { from, until, signal }: Range,
): ReturnType<MarketDataProvider['daily']> {
  try {
    return await turns.take(provider.id, () =>
      provider.daily(symbol, dayFromNumber(from), dayFromNumber(until), signal),
    );
  } catch (error) {
    const detail = `${provider.title} broke over ${symbol.symbol}: ${String(error)}`;
    return { ok: false, fault: { code: 'market-data.unreadable', detail } };
  }
}

/** Where a second source says otherwise about the newest days; its own faults count elsewhere. */
export async function compareWith(
  turns: Turns,
  second: MarketDataProvider,
  best: Asked,
  { subject, signal }: Question,
): Promise<readonly QualityFinding[]> {
  const { listing, until, known, names } = subject;
  const name = await providerName(listing, second, names.get(second.id));
  if (!name.ok) return [];
  const answer = await daily(turns, second, name.value, {
    from: until - comparedDays,
    until,
    signal,
  });
  if (!answer.ok) return [];
  const { bars, currency, prices, actions } = answer.value;
  const fitted = fitSeries(listing, bars, currency);
  if (!fitted.ok) return [];
  const splits = joinSplits(splitsOf(subject.actions), toldSplits(actions));
  const theirs =
    prices === 'split-adjusted' ? toTraded(fitted.value.bars, splits) : fitted.value.bars;
  const taken = present(best.taken?.bars, 'the bars of the source that answered');
  const first = taken.days[0] ?? until;
  const ours = joinRows(
    rowsWhere(known, (row) => (known.days[row] ?? 0) < first),
    taken,
  );
  const apart = sourcesDisagree([best.provider.id, second.id], ours, theirs);
  if (apart === null) return [];
  // One note a month: what differs today differs tomorrow.
  const month = dayNumber(`${dayFromNumber(apart.day).slice(0, 7)}-01`);
  const source = `${best.provider.id}, ${second.id}`;
  return [noteOf({ listing, source }, 'sources-disagree', month, apart.detail)];
}

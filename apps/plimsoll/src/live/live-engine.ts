import { type Engine, type FeedState, type QuoteDesk, withLive } from '@plimsoll/engine';
import { ok } from '@plimsoll/kernel';

interface LiveDesk {
  readonly desk: QuoteDesk;
  wakeDemo(workspace: string): void;
}

/** The use-cases, with what is known live in the place of the last closes. */
export function liveEngine(engine: Engine, live: LiveDesk, nowMs: () => number): Engine {
  return {
    ...engine,
    quotes: async (workspace, query) => {
      const answer = await engine.quotes(workspace, query);
      if (!answer.ok) return answer;
      if (answer.value.quotes.some(({ simulated }) => simulated)) live.wakeDemo(workspace);
      const now = nowMs();
      const sources: FeedState[] = [...live.desk.sources];
      const quotes = answer.value.quotes.map((quote) =>
        quote.quoteId === null ? quote : withLive(quote, live.desk.live(quote.quoteId), now),
      );
      return ok({ ...answer.value, quotes, sources });
    },
  };
}

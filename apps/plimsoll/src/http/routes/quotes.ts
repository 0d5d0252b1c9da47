import { quoteHistory, quoteHistoryQuery, quotesQuery, quotesReply } from '@plimsoll/contracts';
import type { Area } from '../route-kit.ts';

/** Live quotes, and the ticks and bars of the last days. */
export const area: Area = (kit) => {
  kit.get(
    '/quotes',
    {
      summary: 'Show the latest quotes',
      description:
        'Each says where it is from, how old it is, and whether it is live, delayed, simulated or only the last close. `/ws/quotes` tells changes as they come.',
      query: quotesQuery,
      reply: quotesReply,
    },
    (call) => call.engine.quotes(call.workspace, call.query),
  );
  kit.get(
    '/quotes/history',
    {
      summary: 'Show ticks, or bars of one or five minutes, of the last days',
      description:
        'Columns of one length, oldest first; at most two days and 50,000 ticks at a time.',
      query: quoteHistoryQuery,
      reply: quoteHistory,
    },
    (call) => call.engine.quoteHistory(call.workspace, call.query),
  );
};

import {
  derivation,
  explainQuery,
  holdingsQuery,
  holdingsReply,
  performance,
  performanceQuery,
  performanceSeries,
} from '@plimsoll/contracts';
import type { Area } from '../route-kit.ts';

/** What is held, what it is worth, what it earned, and why. */
export const area: Area = (kit) => {
  kit.get(
    '/holdings',
    {
      summary: 'Show what is held and what it is worth',
      query: holdingsQuery,
      reply: holdingsReply,
    },
    ({ engine, workspace, query }) =>
      engine.holdings(workspace, { ...query, lots: query.lots === 'true' }),
  );
  kit.get(
    '/performance',
    { summary: 'Show what a period earned', query: performanceQuery, reply: performance },
    ({ engine, workspace, query }) => engine.performance(workspace, query),
  );
  kit.get(
    '/performance/series',
    { summary: 'Show a period day by day', query: performanceQuery, reply: performanceSeries },
    ({ engine, workspace, query }) => engine.series(workspace, query),
  );
  kit.get(
    '/explain',
    {
      summary: 'Explain a figure',
      description:
        '`value`, `gain`, `twr` and so on, or `holding:<accountId>:<instrumentId or cash:CUR>:<field>`.',
      query: explainQuery,
      reply: derivation,
    },
    ({ engine, workspace, query }) => engine.explain(workspace, query),
  );
};

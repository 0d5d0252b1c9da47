import {
  backfillRequest,
  id,
  job,
  jobDetail,
  jobQuery,
  linkCandidate,
  marketStatus,
  newPriceLink,
  priceLink,
  qualityDecision,
  qualityItem,
  qualityQuery,
  refreshRequest,
} from '@plimsoll/contracts';
import { z } from 'zod';
import { type Area, items, listOf, type RouteKit } from '../route-kit.ts';

const byId = z.object({ id });

/** Public market data: how it is fetched, how good it is, and what instruments it belongs to. */
export const area: Area = (kit) => {
  work(kit);
  jobs(kit);
  quality(kit);
  links(kit);
};

function work(kit: RouteKit): void {
  kit.get(
    '/market/status',
    {
      summary: 'Show how old prices are and what waits for a decision',
      description: 'Ages count by the calendar of each exchange.',
      reply: marketStatus,
    },
    ({ engine, workspace }) => engine.marketStatus(workspace),
  );
  kit.write(
    'POST',
    '/market/refresh',
    {
      summary: 'Ask the providers for new prices',
      description:
        'Answers with the job that does it. Only providers that are turned on are asked.',
      body: refreshRequest,
      reply: job,
    },
    ({ engine, workspace, body, options }) =>
      engine.refreshPrices(workspace, { kind: 'refresh', ...body }, options),
  );
  kit.write(
    'POST',
    '/market/backfill',
    {
      summary: 'Ask the providers for the whole history',
      description: 'Answers with the job that does it. What is known already stays.',
      body: backfillRequest,
      reply: job,
    },
    ({ engine, workspace, body, options }) =>
      engine.refreshPrices(workspace, { kind: 'backfill', ...body }, options),
  );
}

function jobs(kit: RouteKit): void {
  kit.get(
    '/jobs',
    { summary: 'List jobs, newest first', query: jobQuery, reply: listOf(job) },
    ({ engine, workspace, query }) => items(engine.jobs(workspace, query.limit)),
  );
  kit.get(
    '/jobs/:id',
    { summary: 'Show a job with what failed', params: byId, reply: jobDetail },
    ({ engine, workspace, params }) => engine.job(workspace, params.id),
  );
  kit.write(
    'POST',
    '/jobs/:id/cancel',
    {
      summary: 'Cancel a job',
      description: 'What is done stays done. One that has ended is left as it is.',
      params: byId,
      reply: job,
    },
    ({ engine, workspace, params, options }) => engine.cancelJob(workspace, params.id, options),
  );
}

function quality(kit: RouteKit): void {
  kit.get(
    '/market/quality',
    {
      summary: 'List rows kept back, repairs and notes',
      query: qualityQuery,
      reply: listOf(qualityItem),
    },
    ({ engine, workspace, query }) => items(engine.quality(workspace, query)),
  );
  kit.write(
    'POST',
    '/market/quality/:id/decision',
    {
      summary: 'Release or reject a row, undo a repair, or mark a note as seen',
      description: 'The last decision holds; those before are kept.',
      params: byId,
      body: qualityDecision,
      reply: qualityItem,
    },
    ({ engine, workspace, params, body, options }) =>
      engine.decideQuality(workspace, params.id, body, options),
  );
}

function links(kit: RouteKit): void {
  kit.get(
    '/market/links',
    { summary: 'List which public listings instruments are', reply: listOf(priceLink) },
    ({ engine, workspace }) => items(engine.priceLinks(workspace)),
  );
  kit.write(
    'POST',
    '/market/links',
    {
      summary: 'Link an instrument to the symbol of a provider',
      body: newPriceLink,
      reply: priceLink,
    },
    ({ engine, workspace, body, options }) => engine.linkInstrument(workspace, body, options),
  );
  kit.write(
    'DELETE',
    '/market/links/:id',
    {
      summary: 'Unlink an instrument',
      description: 'It is not linked by rule again.',
      params: byId,
      reply: priceLink,
    },
    ({ engine, workspace, params, options }) =>
      engine.unlinkInstrument(workspace, params.id, options),
  );
  kit.get(
    '/market/links/:id/candidates',
    {
      summary: 'Search the providers for an instrument',
      description: 'By ISIN, then by symbol, then by name.',
      params: byId,
      reply: listOf(linkCandidate),
    },
    ({ engine, workspace, params }) => items(engine.linkCandidates(workspace, params.id)),
  );
}

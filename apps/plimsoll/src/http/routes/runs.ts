import {
  compareRunsQuery,
  id,
  jsonSchemaOf,
  newRun,
  run,
  runComparison,
  runDetail,
  runPage,
  runsQuery,
} from '@plimsoll/contracts';
import { runConfig } from '@plimsoll/engine';
import { z } from 'zod';
import type { Area, RouteKit } from '../route-kit.ts';

const byId = z.object({ id });
const free = { type: 'object', additionalProperties: true };

/** The configuration as readers of the document see it; the use-case checks it. */
function configSchema(): Record<string, unknown> {
  const { properties, required, ...rest } = jsonSchemaOf(runConfig);
  return {
    ...rest,
    description: 'What a configuration file says, as JSON.',
    required: [...(required as readonly string[]), 'universe'],
    properties: {
      ...(properties as object),
      params: { ...free, description: 'Parameters of the strategy, by its own table.' },
      universe: {
        description: 'Instruments by symbol, ISIN, name or id; or the members of an index.',
        anyOf: [
          { type: 'array', items: { type: 'string' }, minItems: 1 },
          {
            type: 'object',
            properties: { index: { type: 'string' } },
            required: ['index'],
            additionalProperties: false,
          },
        ],
      },
      sweep: { ...free, description: 'What a sweep or a walk-forward tries, and how.' },
      walkForward: { ...free, description: 'The windows of a walk-forward.' },
      training: { ...free, description: 'What a training learns from, and how.' },
    },
  };
}

/** Backtests, sweeps, walk-forwards and trainings. */
export const area: Area = (kit) => {
  asking(kit);
  reading(kit);
  acting(kit);
};

const later =
  'Answers at once with the run, which is carried out in the background: read it again until it has ended.';

function asking(kit: RouteKit): void {
  kit.write(
    'POST',
    '/runs',
    {
      summary: 'Ask for a backtest, sweep, walk-forward or training',
      description: `${later} The configuration is checked first; every mistake is named with its path.`,
      body: newRun.extend({ config: newRun.shape.config.meta(configSchema()) }),
      reply: run,
      status: 202,
      location: runAddress,
    },
    ({ engine, workspace, body, options }) => engine.createRun(workspace, body, options),
  );
  kit.write(
    'POST',
    '/runs/:id/rerun',
    {
      summary: 'Repeat a run from its inputs',
      description: `${later} When it has ended it says whether the result is the same to the bit, and what differs.`,
      params: byId,
      reply: run,
      status: 202,
      location: runAddress,
    },
    ({ engine, workspace, params, options }) => engine.rerunRun(workspace, params.id, options),
  );
  kit.write(
    'POST',
    '/runs/:id/retry',
    {
      summary: 'Try a run that has failed or was cancelled once more',
      description: later,
      params: byId,
      reply: run,
      status: 202,
      location: runAddress,
    },
    ({ engine, workspace, params, options }) => engine.retryRun(workspace, params.id, options),
  );
}

const runAddress = (made: { readonly id: string }): string => `/v1/runs/${made.id}`;

function reading(kit: RouteKit): void {
  kit.get(
    '/runs',
    { summary: 'List runs, newest first', query: runsQuery, reply: runPage },
    async ({ engine, workspace, query }) => {
      const found = await engine.runs(workspace, query);
      return found.ok
        ? { ok: true, value: { items: [...found.value.items], next: found.value.next } }
        : found;
    },
  );
  kit.get(
    '/runs/compare',
    {
      summary: 'Set runs side by side',
      description:
        'Figures, the lines of the configurations that differ, equity on the days that all have, and the correlation of their returns.',
      query: compareRunsQuery,
      reply: runComparison,
    },
    async ({ engine, workspace, query }) => {
      const found = await engine.compareRuns(workspace, query.ids.split(','));
      // A copy: the contract knows no lists that cannot be changed.
      return found.ok
        ? { ok: true, value: structuredClone(found.value) as z.output<typeof runComparison> }
        : found;
    },
  );
  kit.get(
    '/runs/:id',
    {
      summary: 'Show a run with its configuration, figures and files',
      params: byId,
      reply: runDetail,
    },
    async ({ engine, workspace, params }) => {
      const found = await engine.run(workspace, params.id);
      return found.ok
        ? { ok: true, value: structuredClone(found.value) as z.output<typeof runDetail> }
        : found;
    },
  );
  kit.bytes(
    '/runs/:id/artifacts/:name',
    {
      summary: 'Download a file of a run',
      params: byId.extend({ name: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,79}$/) }),
    },
    ({ engine, workspace, params }) => engine.runArtifact(workspace, params.id, params.name),
  );
}

function acting(kit: RouteKit): void {
  kit.write(
    'POST',
    '/runs/:id/cancel',
    {
      summary: 'Cancel a run',
      description: 'One that has ended is left as it is.',
      params: byId,
      reply: run,
    },
    ({ engine, workspace, params, options }) => engine.cancelRun(workspace, params.id, options),
  );
  kit.write(
    'DELETE',
    '/runs/:id',
    {
      summary: 'Remove a run with its files',
      description: 'It must have ended. What it tried stays counted.',
      params: byId,
      reply: z.null(),
      status: 204,
    },
    ({ engine, workspace, params, options }) => engine.removeRun(workspace, params.id, options),
  );
}

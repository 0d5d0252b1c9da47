import { z } from 'zod';
import { day, id, instant } from './scalars.ts';

const kind = z.enum(['backtest', 'sweep', 'walk-forward', 'training']);
const state = z.enum(['queued', 'running', 'finished', 'failed', 'cancelled']);
const figureOrNull = z.number().nullable();
const count = z.number().int();
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** A run that is asked for. */
export const newRun = z
  .object({
    kind: kind.default('backtest'),
    config: z
      .record(z.string().max(200), z.unknown())
      .meta({ description: 'What a configuration file says, as JSON.' }),
  })
  .strict();

export const runsQuery = z.object({
  kind: kind.optional(),
  state: state.optional(),
  strategy: z.string().min(1).max(200).optional(),
  text: z.string().min(1).max(200).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Figures of lists; shares are fractions, 0.12 is 12 %. */
const listedFigures = z.object({
  totalReturn: figureOrNull,
  annualReturn: figureOrNull,
  volatility: figureOrNull,
  sharpe: figureOrNull,
  maxDrawdown: figureOrNull,
  finalEquity: figureOrNull,
  trades: count.nullable(),
});

export const run = z.object({
  id,
  kind,
  title: z.string(),
  /** Id of the strategy, or its file, `./trend.ts`. */
  strategy: z.string(),
  strategyHash: hash.nullable(),
  codeVersion: z.string(),
  seed: count,
  state,
  requestedBy: z.string(),
  createdAt: instant,
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  /** How often it was begun; more than once where whoever had it was ended. */
  attempts: count,
  progress: z
    .object({
      done: z.number(),
      of: z.number(),
      doing: z.string(),
      /** When it will be done at the rate so far. */
      expectedAt: instant.nullable(),
    })
    .nullable(),
  error: z.string(),
  rerunOf: id.nullable(),
  dataFingerprint: hash.nullable(),
  /** Over fills, equity and orders: the same inputs give the same. */
  resultHash: hash.nullable(),
  /** Distinct parameter sets tried on this strategy and these data by then. */
  tries: count.nullable(),
  figures: listedFigures,
});

export const runPage = z.object({ items: z.array(run), next: z.string().nullable() });

const unit = z.enum(['share', 'money', 'ratio', 'count']);
const figure = z.object({
  id: z.string(),
  title: z.string(),
  value: figureOrNull,
  unit,
  /** How it is computed. */
  convention: z.string(),
});

const runSummary = z.object({
  headline: z.string(),
  base: z.string(),
  figures: z.array(figure),
  /** How far to trust it. */
  trust: z.array(z.string()),
  notes: z.array(z.string()),
  /** How a rerun compares with the run that it repeats. */
  rerun: z.object({ of: id, identical: z.boolean(), differs: z.array(z.string()) }).nullable(),
});

export const runDetail = run.extend({
  /** The checked configuration, defaults filled in. */
  config: z.record(z.string(), z.unknown()),
  summary: runSummary.nullable(),
  artifacts: z.array(
    z.object({ name: z.string(), mediaType: z.string(), sha256: hash, size: count }),
  ),
});

/** Ids of 2 to 8 runs, apart by commas. */
export const compareRunsQuery = z.object({ ids: z.string().min(1).max(800) });

/** Runs side by side; columns in the order of `runs`. */
export const runComparison = z.object({
  runs: z.array(z.object({ id, title: z.string() })),
  figures: z.array(figure.omit({ value: true }).extend({ values: z.array(figureOrNull) })),
  /** Lines of the configurations that are not the same in all. */
  differences: z.array(z.object({ path: z.string(), values: z.array(z.string().nullable()) })),
  /** On the days that all of them have, as multiples of the first. */
  equity: z.object({ days: z.array(day), values: z.array(z.array(z.number())) }),
  /** Of the returns between these days. */
  correlation: z.array(z.array(figureOrNull)),
});

/** Id of a strategy, or its file. */
export const strategyName = z.string().min(1).max(200);

/** A strategy as it can be chosen. */
export const strategy = z.object({
  id: z.string(),
  /** Null where it comes with the product. */
  file: z.string().nullable(),
  group: z.string(),
  title: z.string(),
  summary: z.string(),
  source: z.string().nullable(),
  /** Its table of parameters: title, kind, default and range of each. */
  params: z.record(z.string(), z.unknown()),
  instruments: z.object({ min: count, max: count.nullable() }),
  /** Whether it can be written as columns, which makes sweeps fast. */
  vector: z.boolean(),
});

export const strategies = z.object({
  strategies: z.array(strategy),
  /** Files of the user’s own folder that give none. */
  broken: z.array(
    z.object({
      file: z.string(),
      line: count.nullable(),
      column: count.nullable(),
      message: z.string(),
    }),
  ),
});

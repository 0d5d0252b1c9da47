import { z } from 'zod';
import { day, instant } from './scalars.ts';

const number = z.number().nullable();
const count = z.number().int();
const stage = z.enum(['candidate', 'accepted', 'retired']);
const verdict = z.enum(['stable', 'watch', 'drifted']).nullable();

/** `trend@2`, or `trend` for its newest version. */
export const modelId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,59}(?:@[1-9]\d{0,8})?$/)
  .meta({ description: 'NAME@VERSION, or NAME for its newest version.' });

export const modelsQuery = z.object({
  name: z.string().min(1).max(60).optional(),
  stage: stage.optional(),
});

export const model = z.object({
  id: z.string(),
  name: z.string(),
  version: count,
  title: z.string(),
  /** Id of the kind, or `onnx`. */
  kind: z.string(),
  task: z.enum(['classification', 'regression']),
  stage,
  createdAt: instant,
  createdBy: z.string(),
  /** The run that learnt it, which may have been taken away; null where it was brought in. */
  runId: z.string().nullable(),
  timeframe: z.string(),
  /** The days it learnt from; later ones it has not seen. Null where nobody knows. */
  learnt: z.object({ from: day, until: day }).nullable(),
  rows: count.nullable(),
  instruments: z.array(z.string()),
  /** Out of fold, beside the mean of the training rows and the last label that was known. */
  scores: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      better: z.enum(['higher', 'lower']),
      value: number,
      mean: number,
      last: number,
    }),
  ),
  warnings: z.array(z.string()),
  /** Parameter sets tried under its name on these data by then. */
  tries: count.nullable(),
  /** The version before. */
  parent: z.string().nullable(),
});

const free = z.record(z.string(), z.unknown());

export const modelDetail = model.extend({
  /** Each with its name and what it is. */
  features: z.array(z.object({ name: z.string() }).loose()),
  featureVersion: z.string(),
  label: free.nullable(),
  params: free,
  dataFingerprint: z.string().nullable(),
  codeVersion: z.string().nullable(),
  seed: count.nullable(),
  /** Of its file. */
  sha256: z.string(),
  size: count,
  stages: z.array(z.object({ stage, by: z.string(), why: z.string(), at: instant })),
  /** How far to trust it. */
  trust: z.array(z.string()),
});

/** A stage that a model is moved to. */
export const modelStage = z.object({ stage, why: z.string().min(1).max(2_000) }).strict();

export const modelImport = z.object({ name: z.string().min(1).max(60) }).strict();

const columnDrift = z.object({
  name: z.string(),
  stabilityIndex: number,
  indexChance: number,
  distance: number,
  distanceChance: number,
  verdict,
  why: z.string().optional(),
});

/** What has moved since a model learnt. */
export const modelDrift = z.object({
  id: z.string(),
  verdict,
  from: day.nullable(),
  to: day.nullable(),
  rows: count,
  /** Rows whose label is known by now. */
  labelled: count,
  features: z.array(columnDrift),
  predictions: columnDrift,
  performance: z.object({
    score: z.string(),
    recent: number,
    band: z.object({ low: z.number(), middle: z.number(), high: z.number() }).nullable(),
    chance: number,
    verdict,
    why: z.string().optional(),
  }),
  notes: z.array(z.string()),
});

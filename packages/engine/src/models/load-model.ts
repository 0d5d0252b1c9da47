import {
  type BacktestMarket,
  columnsByInstrument,
  learningBars,
  type MarketModel,
} from '@plimsoll/analytics/backtest';
import { computeFeatures } from '@plimsoll/analytics/learning';
import { dayNumber, ok, type Result, refuse } from '@plimsoll/kernel';
import { predictRows, type StoredModel } from '@plimsoll/ports';
import type { EngineContext, RunParts } from '../engine-context.ts';
import {
  type BroughtFacts,
  factsOf,
  keptModelBytes,
  learntOf,
  readModelFile,
} from './model-file.ts';
import { modelName, readModelName } from './model-name.ts';

const dayMs = 86_400_000;

export interface ModelSources {
  readonly context: Pick<EngineContext, 'store'>;
  readonly runs: Pick<RunParts, 'objects' | 'inference'>;
  readonly workspaceId: string;
}

interface Asked {
  /** `trend@2`. */
  readonly named: string;
  readonly timeframe: string;
  readonly market: BacktestMarket;
  /** Milliseconds. */
  readonly tradeFrom: number;
}

/** The model that a run names, as its strategy is given it, and what the reader must know of it. */
export async function loadModel(
  sources: ModelSources,
  { named, timeframe, market, tradeFrom }: Asked,
): Promise<Result<{ readonly model: MarketModel; readonly notes: readonly string[] }>> {
  const ref = readModelName(named);
  const found =
    ref === null
      ? null
      : await sources.context.store.read(sources.workspaceId, ({ models }) =>
          models.find(ref.name, ref.version),
        );
  if (found === null) {
    return refuse({ code: 'model.unknown', detail: `There is no model "${named}".` });
  }
  const facts = factsOf(found);
  const name = modelName(found);
  if (facts.timeframe !== timeframe) {
    return refuse({
      code: 'model.timeframe',
      detail: `${name} learnt from bars of ${facts.timeframe}; the run has ${timeframe}.`,
    });
  }
  const predictions = await predictionsOf(sources, found, market);
  if (!predictions.ok) return predictions;
  const learnt = learntOf(facts);
  const tries = facts.origin === 'training' ? facts.tries : null;
  return ok({
    model: { name, tries, learnt, predictions: predictions.value },
    notes: notesOf({ name, learnt, tradeFrom, brought: facts.origin === 'file' }),
  });
}

async function predictionsOf(
  { runs }: ModelSources,
  found: StoredModel,
  market: BacktestMarket,
): Promise<Result<MarketModel['predictions']>> {
  const bytes = await keptModelBytes(runs.objects, found);
  if (!bytes.ok) return bytes;
  const facts = factsOf(found);
  if (facts.origin === 'file') return broughtPredictions(runs, facts, bytes.value, market);
  const file = readModelFile(bytes.value);
  if (!file.ok) return file;
  const { record, fitted, adjust } = file.value;
  return ok({ kind: 'computed', features: record.features, fitted, adjust });
}

/** Made before the run: what runs such models cannot be called in the midst of one. */
async function broughtPredictions(
  { inference }: ModelSources['runs'],
  { features: definition, adjust, output, column }: BroughtFacts,
  bytes: Uint8Array,
  market: BacktestMarket,
): Promise<Result<MarketModel['predictions']>> {
  if (inference === undefined) {
    const detail = 'Models from files are not run here: what runs them is not installed.';
    return refuse({ code: 'inference.unavailable', detail });
  }
  const features = computeFeatures(definition, learningBars(market, adjust));
  if (!features.ok) return features;
  const session = await inference.open(bytes);
  if (!session.ok) return session;
  try {
    const said = await predictRows(session.value, features.value.x, {
      ...(output === null ? {} : { output }),
      ...(column === null ? {} : { column }),
    });
    if (!said.ok) return said;
    return ok({ kind: 'given', columns: columnsByInstrument(features.value, said.value) });
  } finally {
    await session.value.close();
  }
}

function notesOf({
  name,
  learnt,
  tradeFrom,
  brought,
}: {
  readonly name: string;
  readonly learnt: MarketModel['learnt'];
  readonly tradeFrom: number;
  readonly brought: boolean;
}): string[] {
  const notes: string[] = [];
  if (learnt === null) {
    notes.push(
      `Nobody said from which days ${name} learnt: these may be among them, and the result then is worth nothing.`,
    );
  } else if (Math.floor(tradeFrom / dayMs) <= dayNumber(learnt.until)) {
    notes.push(
      `IN SAMPLE: ${name} knows what happened until ${learnt.until}, and the run trades on days before. It looks far better than it is. Begin after ${learnt.until} to learn something.`,
    );
  }
  if (brought) {
    notes.push(
      `The predictions of ${name} were made before the run, of features that were known by each bar; the probe for look-ahead does not reach into the file itself.`,
    );
  }
  return notes;
}

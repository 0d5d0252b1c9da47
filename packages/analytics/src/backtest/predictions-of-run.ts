import { computeFeatures, type FeatureMatrix } from '../learning/feature-matrix.ts';
import { openModel } from '../learning/fit-model.ts';
import { models } from '../models/registry.gen.ts';
import type { IndicatorView, InstrumentView } from '../strategy/strategy-context.ts';
import type { Holding } from './holding.ts';
import { learningBars } from './learning-bars.ts';
import type { BacktestMarket } from './market.ts';
import type { MarketModel, PredictionColumn } from './market-model.ts';
import { holdingOf, IndicatorSight } from './views.ts';

/** What an output of predictions is called. */
const output = 'prediction';

/**
 * Predictions of the run's model, for a strategy that asks for them. They are computed as columns when
 * they are first asked for; the value of a bar rests on bars known by then, as features do, and no more
 * than the newest is shown.
 */
export class PredictionsOfRun {
  readonly #market: BacktestMarket;
  readonly #only: InstrumentView;
  #columns: ReadonlyMap<string, PredictionColumn> | undefined;

  constructor(market: BacktestMarket, only: InstrumentView) {
    this.#market = market;
    this.#only = only;
  }

  view(of: InstrumentView = this.#only): IndicatorView {
    const { model } = this.#market;
    if (model === undefined) {
      throw new RangeError(
        'The run names no model: say model: NAME@VERSION in the file; plimsoll models lists them.',
      );
    }
    this.#columns ??= predictionColumns(model, this.#market);
    const held = holdingOf(of);
    const column = this.#columns.get(held.instrument.id);
    return new IndicatorSight(held, [output], [aligned(held, column)]);
  }
}

/** A number for each bar of an instrument; NaN where the column has none for it. */
function aligned({ bars }: Holding, column: PredictionColumn | undefined): Float64Array {
  const values = new Float64Array(bars.known.length).fill(Number.NaN);
  if (column === undefined) return values;
  for (let row = 0, next = 0; row < values.length; row++) {
    const at = bars.known[row] as number;
    while (next < column.known.length && (column.known[next] as number) < at) next++;
    if (column.known[next] === at) values[row] = column.value[next] as number;
  }
  return values;
}

function predictionColumns(
  { predictions }: MarketModel,
  market: BacktestMarket,
): ReadonlyMap<string, PredictionColumn> {
  const columns =
    predictions.kind === 'given' ? predictions.columns : computedColumns(predictions, market);
  return new Map(columns.map((column) => [column.instrument, column]));
}

/** @throws where the features cannot be computed of these bars, which ends the run and says so. */
function computedColumns(
  {
    features: definition,
    fitted,
    adjust,
  }: Extract<MarketModel['predictions'], { kind: 'computed' }>,
  market: BacktestMarket,
): readonly PredictionColumn[] {
  const opened = openModel(models, fitted);
  if (!opened.ok) throw new RangeError(opened.fault.detail);
  const features = computeFeatures(definition, learningBars(market, adjust));
  if (!features.ok) throw new RangeError(features.fault.detail);
  return columnsByInstrument(features.value, opened.value.predict(features.value.x));
}

/** Predictions of the rows of features, each instrument by itself. */
export function columnsByInstrument(
  { instruments, instrument, times }: FeatureMatrix,
  values: Float64Array,
): readonly PredictionColumn[] {
  return instruments.map((name, place) => {
    const rows = Int32Array.from(times, (_, i) => i).filter((i) => instrument[i] === place);
    const of = (column: Float64Array): Float64Array =>
      Float64Array.from(rows, (i) => column[i] ?? Number.NaN);
    return { instrument: name, known: of(times), value: of(values) };
  });
}

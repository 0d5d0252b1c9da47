import { type DriftVerdict, worstVerdict } from '@plimsoll/analytics/learning';
import { modelDrift } from '@plimsoll/analytics/runs';
import { ok, type Result } from '@plimsoll/kernel';
import type { EngineContext } from '../engine-context.ts';
import { type EngineFault, fault } from '../engine-fault.ts';
import { loadMarket } from '../runs/load-market.ts';
import { readRunConfig } from '../runs/run-config.ts';
import { modelName } from './model-name.ts';
import type { ModelDriftView } from './model-use-cases.ts';
import type { OpenedModel } from './opened-model.ts';

/** Holds everything that is known since a model learnt, of the instruments it learnt from, against it. */
export async function driftOfModel(
  context: Pick<EngineContext, 'store' | 'bars'>,
  workspace: string,
  { model, file }: Pick<OpenedModel, 'model' | 'file'>,
): Promise<Result<ModelDriftView, EngineFault>> {
  const read = readRunConfig(model.config);
  if (!read.ok) return fault('model.refused', read.fault.detail);
  const { from: _, to: __, benchmark: ___, ...config } = read.value;
  const whole = { ...config, from: undefined, to: undefined, benchmark: undefined };
  const loaded = await loadMarket(context, workspace, whole);
  if (!loaded.ok) return fault('model.refused', loaded.fault.detail);
  const last = file.outOfFold.times.at(-1) ?? Number.NEGATIVE_INFINITY;
  const learnt = lastRow(file.record.data.to, last);
  const found = modelDrift(file, loaded.value.market, learnt);
  if (!found.ok) return fault('model.refused', found.fault.detail);
  const { input, performance, ...rows } = found.value;
  if (input === null || performance === null) throw new Error('Drift has both parts.');
  const { rolling: ____, ...judged } = performance;
  const verdict: DriftVerdict = worstVerdict([input, judged]);
  return ok({
    id: modelName(model),
    verdict,
    ...rows,
    features: input.features,
    predictions: input.predictions,
    performance: judged,
    notes: loaded.value.notes,
  });
}

/** The end of the last day whose rows were learnt from. */
const lastRow = (to: string | null, outOfFold: number): number =>
  to === null ? outOfFold : Date.parse(`${to}T23:59:59.999Z`);

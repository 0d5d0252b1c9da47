import { ok, type Result } from '@plimsoll/kernel';
import type { UnitOfWork } from '@plimsoll/ports';
import { type EngineFault, fault } from '../engine-fault.ts';
import type { RunPlan } from '../runs/plan-run.ts';
import { modelName, readModelName } from './model-name.ts';

/**
 * Writes the version of the model into a plan that names one, so that the run is repeated with the very
 * same. A name alone stands for the newest accepted version, or the newest candidate where none is.
 */
export async function pinModel(
  { models }: Pick<UnitOfWork, 'models'>,
  plan: RunPlan,
): Promise<Result<RunPlan, EngineFault>> {
  const config = plan.config as { readonly model?: string };
  if (config.model === undefined) return ok(plan);
  const ref = readModelName(config.model);
  const versions = ref === null ? [] : await models.all({ name: ref.name });
  const usable = versions.filter(({ stage }) => stage !== 'retired');
  const found =
    ref?.version == null
      ? (usable.find(({ stage }) => stage === 'accepted') ?? usable[0])
      : versions.find(({ version }) => version === ref.version);
  const wrong = (message: string) =>
    fault('run.refused', `model: ${message}.`, { errors: [{ path: 'model', message }] });
  if (found === undefined) {
    const known = (await models.all()).map(modelName).slice(0, 10).join(', ') || 'none yet';
    return wrong(`there is no model "${config.model.slice(0, 80)}" in use; there are ${known}`);
  }
  if (found.stage === 'retired') return wrong(`${modelName(found)} is retired`);
  return ok({ ...plan, config: { ...config, model: modelName(found) } });
}

import { modelCard } from '@plimsoll/analytics/learning';
import { ok, type Result } from '@plimsoll/kernel';
import type { StoredModel, UnitOfWork } from '@plimsoll/ports';
import { type EngineFault, fault } from '../engine-fault.ts';
import { type RunPartsOf, unavailable } from '../runs/runs-at-hand.ts';
import type { Answer } from '../use-case.ts';
import { driftOfModel } from './drift-of-model.ts';
import { importModel } from './import-model.ts';
import { factsOf, keptModelBytes, readModelFile } from './model-file.ts';
import { modelName, readModelName } from './model-name.ts';
import type { ModelUseCases } from './model-use-cases.ts';
import { modelDetail, modelView } from './model-view.ts';
import type { OpenedModel } from './opened-model.ts';

/** Longest reason that is kept. */
const longestWhy = 2_000;

/** The registry of models. */
export function modelUseCases(parts: RunPartsOf): ModelUseCases {
  const { context, read, write } = parts;
  return {
    models: (workspace, filter) =>
      read(workspace, async ({ models }) => ok((await models.all(filter)).map(modelView))),
    model: (workspace, id) => read(workspace, (unit) => shown(unit, id)),
    modelCard: async (workspace, id) => {
      const found = await withFile(parts, workspace, id);
      if (!found.ok) return found;
      const { model, file, runs } = found.value;
      if (runs.card === undefined) return unavailable;
      const { name, version } = model;
      const bytes = await runs.card(modelCard(file.record));
      return ok({ name: `${name}-${version}.html`, mediaType: 'text/html', bytes });
    },
    modelDrift: async (workspace, id) => {
      const found = await withFile(parts, workspace, id);
      if (!found.ok) return found;
      return driftOfModel(context, workspace, found.value);
    },
    setModelStage: (workspace, id, { stage, why }, options) =>
      write(workspace, options, async (unit) => {
        const found = await findModel(unit, id);
        if (!found.ok) return found;
        if (why.trim() === '' || why.length > longestWhy) {
          return fault(
            'model.refused',
            `Say why ${modelName(found.value)} is ${stage}, in at most ${longestWhy} characters.`,
          );
        }
        const { name, version } = found.value;
        await unit.models.setStage(name, version, { stage, by: options.actor, why: why.trim() });
        return shown(unit, modelName(found.value));
      }),
    importModel: (workspace, files, wanted, options) =>
      importModel(parts, { workspace, files, wanted, options }),
  };
}

/** The model of that name, the newest where no version is said. */
async function findModel(
  { models }: Pick<UnitOfWork, 'models'>,
  id: string,
): Promise<Result<StoredModel, EngineFault>> {
  const ref = readModelName(id);
  const found = ref === null ? null : await models.find(ref.name, ref.version);
  if (found !== null) return ok(found);
  const all = await models.all();
  const known = all.slice(0, 10).map(modelName);
  const told =
    known.length === 0 ? 'none yet' : `${known.join(', ')}${all.length > 10 ? ' …' : ''}`;
  return fault('model.unknown', `There is no model "${id.slice(0, 80)}"; there are ${told}.`);
}

async function shown(unit: Pick<UnitOfWork, 'models'>, id: string) {
  const found = await findModel(unit, id);
  if (!found.ok) return found;
  const { name, version } = found.value;
  return ok(modelDetail(found.value, await unit.models.stages(name, version)));
}

async function withFile(
  { context: { runs }, read }: RunPartsOf,
  workspace: string,
  id: string,
): Answer<OpenedModel> {
  const found = await read(workspace, (unit) => findModel(unit, id));
  if (!found.ok) return found;
  if (runs === undefined) return unavailable;
  const model = found.value;
  if (factsOf(model).origin === 'file') {
    return fault(
      'model.refused',
      `${modelName(model)} learnt elsewhere: nothing is known here of its training to show or to compare with.`,
    );
  }
  const bytes = await keptModelBytes(runs.objects, model);
  if (!bytes.ok) return bytes;
  const file = readModelFile(bytes.value);
  return file.ok
    ? ok({ model, file: file.value, runs })
    : fault('model.unavailable', file.fault.detail);
}

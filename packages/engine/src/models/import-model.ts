import { featureVersion, readFeatureDefinition } from '@plimsoll/analytics/learning';
import { isModelName } from '@plimsoll/analytics/runs';
import { timeframes } from '@plimsoll/domain';
import {
  type Json,
  ok,
  parameterTable,
  type Result,
  readParameters,
  type ValuesOf,
} from '@plimsoll/kernel';
import { type Inference, predictRows } from '@plimsoll/ports';
import { type EngineFault, fault } from '../engine-fault.ts';
import { type RunPartsOf, unavailable } from '../runs/runs-at-hand.ts';
import type { UploadedFile, WriteOptions, Written } from '../use-case.ts';
import { sha256 } from '../write.ts';
import { type BroughtFacts, modelFolder } from './model-file.ts';
import type { ModelDetailView, ModelImport } from './model-use-cases.ts';
import { modelDetail } from './model-view.ts';

/** What `features.json` says beside the features. */
const table = parameterTable({
  title: { kind: 'text', title: 'What the model is called', optional: true },
  task: {
    kind: 'choice',
    title: 'What it foretells: a number, or the chance of a rise',
    of: ['classification', 'regression'],
    default: 'classification',
  },
  timeframe: { kind: 'choice', title: 'Length of a bar', of: timeframes, default: '1d' },
  adjust: {
    kind: 'choice',
    title: 'What its bars were adjusted for',
    of: ['splits', 'splits-and-dividends', 'none'],
    default: 'splits',
  },
  output: { kind: 'text', title: 'Name of the output that is the prediction', optional: true },
  column: {
    kind: 'integer',
    title: 'Which number of the output, from 0; the last if not given',
    min: 0,
    optional: true,
  },
  learntFrom: { kind: 'day', title: 'First day that it learnt from', optional: true },
  learntUntil: { kind: 'day', title: 'Last day of which it knows anything', optional: true },
});

type Said = ValuesOf<typeof table>;

interface Asked {
  readonly workspace: string;
  readonly files: readonly UploadedFile[];
  readonly wanted: ModelImport;
  readonly options: WriteOptions;
}

interface Checked {
  readonly facts: BroughtFacts;
  readonly title: string;
  readonly bytes: Uint8Array;
}

/** Checks a model that learnt elsewhere by running it once, and keeps it with its features. */
export async function importModel(
  { context, write, read }: RunPartsOf,
  { workspace, files, wanted, options }: Asked,
): Written<ModelDetailView> {
  const known = await read(workspace, async () => ok(null));
  if (!known.ok) return known;
  const { runs, newId } = context;
  if (runs === undefined) return unavailable;
  const { name } = wanted;
  if (!isModelName(name)) {
    return fault(
      'model.refused',
      `The name "${name.slice(0, 80)}" must be small letters, digits and hyphens.`,
    );
  }
  const checked = await check(runs.inference, name, files);
  if (!checked.ok) return checked;
  const { facts, title, bytes } = checked.value;
  const purpose = `file-${newId()}`;
  return write(workspace, options, async ({ models }) => {
    const version = await models.reserve(name, purpose);
    const object = `${modelFolder(workspace, name, version)}/${newId()}/model.onnx`;
    await runs.objects.put(object, bytes);
    const model = await models.add(version, {
      ...{ name, title, kind: 'onnx', runId: null, createdBy: options.actor, config: null },
      ...{ object, sha256: sha256(bytes), size: bytes.length },
      record: facts as unknown as Json,
    });
    return ok(modelDetail(model, []));
  });
}

async function check(
  inference: Inference | undefined,
  name: string,
  files: readonly UploadedFile[],
): Promise<Result<Checked, EngineFault>> {
  const model = files.find((file) => /\.onnx$/i.test(file.name));
  const described = files.find((file) => /\.json$/i.test(file.name));
  if (model === undefined || described === undefined || files.length !== 2) {
    return fault('model.refused', 'Give two files: the model (.onnx) and features.json.');
  }
  const said = readSaid(described);
  if (!said.ok) return said;
  const { title, learntFrom, learntUntil, output, column, ...plain } = said.value.said;
  if ((learntFrom === undefined) !== (learntUntil === undefined)) {
    return fault(
      'model.refused',
      `${described.name}: say both learntFrom and learntUntil, or none.`,
    );
  }
  const { features } = said.value;
  const wrong = await whyUnfit(inference, model.bytes, features.features.length, {
    output,
    column,
  });
  if (wrong !== null) return wrong;
  return ok({
    title: title ?? name,
    bytes: model.bytes,
    facts: {
      origin: 'file',
      ...plain,
      features,
      featureVersion: featureVersion(features, sha256),
      output: output ?? null,
      column: column ?? null,
      learnt:
        learntFrom === undefined || learntUntil === undefined
          ? null
          : { from: learntFrom, until: learntUntil },
    },
  });
}

function readSaid({ name, bytes }: UploadedFile) {
  let given: unknown;
  try {
    given = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    return fault('model.refused', `${name} is no JSON: ${error.message}`);
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return fault('model.refused', `${name} must be an object with features.`);
  }
  const { features, version: _, ...rest } = given as Readonly<Record<string, unknown>>;
  const definition = readFeatureDefinition({ features: features ?? [] });
  if (!definition.ok) return fault('model.refused', `${name}: ${definition.fault.detail}`);
  const said = readParameters(table, rest);
  if (!said.ok) return fault('model.refused', `${name}: ${said.fault.detail}`);
  return ok({ said: said.value satisfies Said, features: definition.value });
}

/** Runs the model on rows of noughts: what cannot answer them cannot be followed. */
async function whyUnfit(
  inference: Inference | undefined,
  bytes: Uint8Array,
  features: number,
  place: Pick<Said, 'output' | 'column'>,
) {
  if (inference === undefined) {
    const detail = 'Models from files are not run here: what runs them is not installed.';
    return fault('model.unavailable', detail);
  }
  const session = await inference.open(bytes);
  if (!session.ok) {
    const { code, detail } = session.fault;
    return fault(code === 'inference.unavailable' ? 'model.unavailable' : 'model.refused', detail);
  }
  const { output, column } = place;
  const rows = { rows: 3, columns: features, data: new Float64Array(3 * features) };
  const said = await predictRows(session.value, rows, {
    ...(output === undefined ? {} : { output }),
    ...(column === undefined ? {} : { column }),
  });
  await session.value.close();
  return said.ok ? null : fault('model.refused', said.fault.detail);
}

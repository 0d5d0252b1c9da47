import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { RegressionTree, TreeEnsemble } from '@plimsoll/quant/trees';
import { isTree } from './tree-columns.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Walks down objects by names; undefined where one is missing. */
const at = (value: unknown, ...names: readonly string[]): unknown =>
  names.reduce<unknown>((found, name) => (isRecord(found) ? found[name] : undefined), value);

const numbers = (value: unknown): readonly number[] | undefined =>
  Array.isArray(value) && value.every((each) => typeof each === 'number') ? value : undefined;

function treeOf(value: unknown): RegressionTree | undefined {
  const column = (name: string): readonly number[] | undefined => numbers(at(value, name));
  const left = column('left_children');
  const right = column('right_children');
  const feature = column('split_indices');
  const threshold = column('split_conditions');
  const missing = at(value, 'default_left');
  const cover = column('sum_hessian');
  const types = column('split_type');
  if (!(left && right && feature && threshold && cover && Array.isArray(missing))) return undefined;
  if (types?.some((type) => type !== 0)) return undefined;
  const sizes = [right, feature, threshold, cover, missing];
  if (!sizes.every(({ length }) => length === left.length)) return undefined;
  if (!isTree(left, right, cover)) return undefined;
  return {
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    feature: Int32Array.from(feature),
    threshold: Float64Array.from(threshold),
    missingLeft: Uint8Array.from(missing, (each) => (each ? 1 : 0)),
    // In xgboost's files a leaf keeps its value where a split keeps its threshold.
    value: Float64Array.from(threshold),
    cover: Float64Array.from(cover),
  };
}

const links: Readonly<Record<string, TreeEnsemble['link']>> = {
  'reg:squarederror': 'identity',
  'reg:linear': 'identity',
  'reg:absoluteerror': 'identity',
  'reg:pseudohubererror': 'identity',
  'rank:pairwise': 'identity',
  'binary:logitraw': 'identity',
  'binary:logistic': 'logistic',
  'reg:logistic': 'logistic',
  'count:poisson': 'exponential',
  'reg:gamma': 'exponential',
  'reg:tweedie': 'exponential',
};

/** The margin at which the link gives the base score. */
function startOf(base: number, link: TreeEnsemble['link'], objective: string): number {
  if (link === 'logistic') return Math.log(base / (1 - base));
  if (link === 'exponential') return Math.log(base);
  return objective === 'binary:logitraw' ? Math.log(base / (1 - base)) : base;
}

/**
 * Reads a model that xgboost saved as JSON (`save_model('model.json')`): trees of one output with
 * numeric splits, and their base score.
 *
 * @param json The parsed file.
 * @returns refused where it is no such model, names categorical splits, more outputs than one, or an
 *   objective that is not known here.
 *
 * Source: XGBoost 1.7 documentation, "Introduction to Model IO", JSON schema.
 */
export function readXgboostModel(json: unknown): Result<TreeEnsemble> {
  const learner = at(json, 'learner');
  const parameters = at(learner, 'learner_model_param');
  const objective = String(at(learner, 'objective', 'name') ?? 'none');
  const link = links[objective];
  const read = at(learner, 'gradient_booster', 'model', 'trees');
  const trees = Array.isArray(read) ? read.map(treeOf) : [];
  const features = Number(at(parameters, 'num_feature'));
  const base = Number(at(parameters, 'base_score'));
  if (link === undefined || trees.length === 0 || trees.includes(undefined)) {
    return refuse({
      code: 'model.format',
      detail: `This is no xgboost model of numeric splits that can be read: objective ${objective}, ${trees.length} trees.`,
    });
  }
  if (Number(at(parameters, 'num_class')) > 1 || !(features >= 1)) {
    return refuse({
      code: 'model.outputs',
      detail: `The model has ${String(at(parameters, 'num_class') ?? 'no')} classes and ${features >= 1 ? features : 'no'} features; it must have one output.`,
    });
  }
  const known = trees as readonly RegressionTree[];
  const used = Math.max(...known.map(({ feature }) => Math.max(...feature)));
  const start = startOf(base, link, objective);
  if (used >= features || !Number.isFinite(start)) {
    return refuse({
      code: 'model.format',
      detail: `The model splits on feature ${used} of ${features} and starts from a score of ${base}.`,
    });
  }
  const names = at(learner, 'feature_names');
  return ok({
    trees: known,
    features,
    featureNames: Array.isArray(names) ? names.map(String) : [],
    start,
    link,
    single: true,
  });
}

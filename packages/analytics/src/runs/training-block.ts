import {
  type Fault,
  type Json,
  ok,
  type ParameterFault,
  parameterTable,
  type Result,
  readParameters,
  refuse,
  type ValuesOf,
} from '@plimsoll/kernel';
import type { Model } from '../learning/define-model.ts';
import {
  type FeatureDefinition,
  featureTable,
  readFeatureDefinition,
} from '../learning/feature-definition.ts';
import { labelParameter, labelTask } from '../learning/labels.ts';
import { models } from '../models/registry.gen.ts';

const table = parameterTable({
  name: {
    kind: 'text',
    title: 'Name of the model in the registry',
    help: 'Small letters, digits and hyphens. Each training of one name makes a version.',
  },
  model: {
    kind: 'choice',
    title: 'Kind of model',
    of: models.map(({ id }) => id),
    default: 'logistic-elastic-net',
  },
  label: { ...labelParameter, default: { kind: 'fixed-horizon' } },
  weighting: {
    kind: 'choice',
    title: 'What rows count for',
    help: 'uniqueness: less where labels share bars; return: more where prices moved most.',
    of: ['uniqueness', 'return', 'equal'],
    default: 'uniqueness',
  },
  validation: {
    kind: 'object',
    title: 'How it is judged',
    fields: {
      folds: { kind: 'integer', title: 'Parts of time', min: 2, max: 50, default: 5 },
      tested: {
        kind: 'integer',
        title: 'Parts tested at once',
        help: '1 is k-fold, more is combinatorial.',
        min: 1,
        max: 10,
        default: 1,
      },
      embargo: {
        kind: 'integer',
        title: 'Bars left out after a tested part',
        min: 0,
        max: 5000,
        default: 5,
      },
    },
    default: {},
  },
  placebo: {
    kind: 'flag',
    title: 'Learn once more from shuffled labels, which must score like chance',
    default: true,
  },
});

/** What is learnt from what, and how it is judged: the block `training` of a configuration. */
export interface TrainingBlock extends ValuesOf<typeof table> {
  readonly features: FeatureDefinition;
  readonly params: Readonly<Record<string, unknown>>;
}

type Mistake = ParameterFault['errors'][number];

/** What models may be called. */
const namePattern = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const longestName = 60;

/** Whether a model may be called so. */
export const isModelName = (name: string): boolean =>
  name.length <= longestName && namePattern.test(name);

/** Reads the block; every mistake is named with its path within it. */
export function readTraining(given: unknown): Result<TrainingBlock, ParameterFault> {
  const { features, params = {}, ...rest } = (given ?? {}) as Readonly<Record<string, unknown>>;
  const read = readParameters(table, rest);
  const definition = readFeatureDefinition({ features: features ?? [] });
  const errors: Mistake[] = read.ok ? [] : read.fault.errors.map(withFree);
  if (!definition.ok) errors.push(...featureErrors(features, definition.fault));
  if (!read.ok || !definition.ok) return invalid(errors);
  const { name, label, model: id } = read.value;
  if (!isModelName(name)) {
    errors.push({
      path: 'name',
      message: `"${name.slice(0, 80)}" must be small letters, digits and hyphens, ${longestName} at most`,
    });
  }
  const model = modelOf(id);
  const task = labelTask(label);
  if (!model.tasks.includes(task)) {
    const others = models.filter(({ tasks }) => (tasks as readonly string[]).includes(task));
    errors.push({
      path: 'model',
      message: `${id} does not do a ${task}, which the labels ask for; ${others.map((one) => one.id).join(', ')} do`,
    });
  }
  const values = readParameters(model.params, params);
  if (!values.ok) {
    errors.push(
      ...values.fault.errors.map(({ path, message }) => ({
        path: path === '' ? 'params' : `params.${path}`,
        message,
      })),
    );
  }
  if (errors.length > 0 || !values.ok) return invalid(errors);
  return ok({ ...read.value, features: definition.value, params: values.value });
}

/** The kind of model of an id that was read. */
export function modelOf(id: string): Model {
  const found = (models as readonly Model[]).find((one) => one.id === id);
  if (found) return found;
  throw new RangeError(`There is no model ${id}.`);
}

/** The block with its defaults as plain data, which reads back to the same. */
export const trainingJson = ({
  features,
  ...rest
}: TrainingBlock): Readonly<Record<string, Json>> =>
  // Values of parameter tables are plain data.
  JSON.parse(JSON.stringify({ ...rest, features: features.features }));

/** Each mistake with its path, where the table tells; else what is wrong with the features together. */
function featureErrors(features: unknown, { detail }: Fault): readonly Mistake[] {
  const read = readParameters(featureTable, { features: features ?? [] });
  return read.ok ? [{ path: 'features', message: sentence(detail) }] : read.fault.errors;
}

const sentence = (text: string): string => text.replace(/\.$/, '');

/** Whoever misspelt a name is told of those that are read by themselves too. */
const withFree = ({ path, message }: Mistake): Mistake => ({
  path,
  message:
    !path.includes('.') && message.startsWith('is not asked for; known are ')
      ? `${message}, features, params`
      : message,
});

const invalid = (errors: readonly Mistake[]): Result<never, ParameterFault> =>
  refuse({
    code: 'parameters.invalid',
    detail: `${errors.map(({ path, message }) => `${path}: ${message}`).join('; ')}.`,
    errors: [...errors],
  });

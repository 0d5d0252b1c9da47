import {
  canonicalJson,
  type Json,
  ok,
  type ParameterTable,
  type Result,
  readParameters,
  refuse,
  type ValuesOf,
} from '@plimsoll/kernel';
import { indicatorById } from '../indicator/indicator-by-id.ts';
import { readIndicatorParameters } from '../indicator/run-indicator.ts';

const columns = ['open', 'high', 'low', 'close', 'volume'] as const;
const column = { kind: 'choice', of: columns, default: 'close', title: 'Column' } as const;
const bars = (preset: number, least = 1) =>
  ({ kind: 'integer', min: least, max: 5000, default: preset, title: 'Bars' }) as const;

const sources = {
  return: {
    bars: bars(1),
    log: { kind: 'flag', default: false, title: 'As a logarithm' },
  },
  volatility: { bars: bars(20, 2) },
  indicator: {
    id: { kind: 'text', title: 'Id of the indicator' },
    output: { kind: 'text', optional: true, title: 'Name of the output; the first if not given' },
    params: { kind: 'by-name', optional: true, title: 'Parameters that are numbers' },
    choices: { kind: 'text-by-name', optional: true, title: 'Parameters that are choices' },
    overClose: { kind: 'flag', default: false, title: 'Divided by the close, less 1' },
  },
  ratio: {
    over: { ...column, title: 'Column above the line' },
    under: { ...column, default: 'open', title: 'Column below the line' },
  },
  'to-mean': { column, bars: bars(20, 2) },
  'z-score': { column, bars: bars(20, 2) },
  calendar: {
    field: {
      kind: 'choice',
      of: ['weekday', 'month', 'day-of-month', 'days-left-of-month', 'hour'],
      default: 'weekday',
      title: 'What of the date',
    },
  },
  'fractional-difference': {
    order: { kind: 'number', min: 0, max: 2, default: 0.4, title: 'Order d' },
    threshold: { kind: 'number', above: 0, max: 1, default: 1e-3, title: 'Least weight' },
    bars: bars(250),
  },
} as const satisfies Readonly<Record<string, ParameterTable>>;

const feature = {
  name: { kind: 'text', title: 'Name' },
  of: { kind: 'variant', of: sources, title: 'What it is' },
  lag: { kind: 'integer', min: 0, max: 5000, default: 0, title: 'Bars that it is late' },
  scaledOver: {
    kind: 'integer',
    min: 2,
    max: 5000,
    optional: true,
    title: 'Bars of its own past that it is scaled by (z-score)',
  },
  across: {
    kind: 'choice',
    of: ['none', 'rank', 'z-score'],
    default: 'none',
    title: 'Compared with the other instruments at the same time',
  },
} as const satisfies ParameterTable;

/** The table that definitions of features are read by. */
export const featureTable = {
  features: {
    kind: 'list',
    of: { kind: 'object', fields: feature, title: 'Feature' },
    title: 'Features',
  },
} as const satisfies ParameterTable;

/** What a model sees, as data. */
export type FeatureDefinition = ValuesOf<typeof featureTable>;

/** One feature of a definition. */
export type FeatureSpec = ValuesOf<typeof feature>;

/** A name of fixed length for a content, such as the hex form of SHA-256. */
export type Digest = (content: string | Uint8Array) => string;

/** The most features of a definition. */
const most = 500;

/** Reads a definition of features and fills in what was left out. */
export function readFeatureDefinition(given: unknown): Result<FeatureDefinition> {
  const read = readParameters(featureTable, given);
  if (!read.ok) return refuse({ code: 'features.definition', detail: read.fault.detail });
  const { features } = read.value;
  const fault = (detail: string) => refuse({ code: 'features.definition', detail });
  if (features.length === 0 || features.length > most) {
    return fault(`There must be 1 to ${most} features, got ${features.length}.`);
  }
  const names = features.map(({ name }) => name);
  const twice = names.find((name, i) => name === '' || names.indexOf(name) !== i);
  if (twice !== undefined) return fault(`Each feature needs a name of its own; "${twice}" is not.`);
  for (const { name, of } of features) {
    if (of.kind !== 'indicator') continue;
    const wrong = whyNoIndicator(of);
    if (wrong !== undefined) return fault(`${name}: ${wrong}`);
  }
  return ok(read.value);
}

type IndicatorSource = Extract<FeatureSpec['of'], { kind: 'indicator' }>;

/** The parameters of an indicator, numbers and choices in one. */
export const indicatorParametersOf = ({ params = {}, choices = {} }: IndicatorSource) => ({
  ...params,
  ...choices,
});

function whyNoIndicator(source: IndicatorSource): string | undefined {
  const indicator = indicatorById(source.id);
  if (!indicator) return `there is no indicator ${source.id}.`;
  const { output } = source;
  if (output !== undefined && !indicator.outputs.includes(output)) {
    return `${source.id} has no output ${output}; it has ${indicator.outputs.join(', ')}.`;
  }
  const beyond = indicator.needs.filter((name) => name === 'other' || name === 'session');
  if (beyond.length > 0) return `${source.id} needs ${beyond.join(' and ')}, which features lack.`;
  const read = readIndicatorParameters(indicator, indicatorParametersOf(source));
  return read.ok ? undefined : read.fault.detail;
}

/**
 * The version of a definition: the digest of its canonical JSON with all defaults in. The same
 * features have the same version however they were written down.
 */
export const featureVersion = (definition: FeatureDefinition, digest: Digest): string =>
  // Values of parameter tables are plain data.
  digest(
    canonicalJson({ format: 1, ...(definition as unknown as Readonly<Record<string, Json>>) }),
  );

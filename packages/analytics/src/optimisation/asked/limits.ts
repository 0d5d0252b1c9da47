import {
  type Fault,
  parameterTable,
  type Refused,
  type Result,
  refuse,
  type ValuesOf,
} from '@plimsoll/kernel';
import { type Matrix, quadraticForm, timesVector } from '@plimsoll/quant/linear-algebra';
import { strangerIn } from '../../analysis/weights-by-name.ts';
import { type Constraint, regionOf } from '../problem/constraint.ts';
import type { Region } from '../problem/region.ts';

const limit = (title: string, help?: string) =>
  ({
    kind: 'number',
    title,
    ...(help === undefined ? {} : { help }),
    min: 0,
    optional: true,
  }) as const;

/** The limits of weights, as parameters. Shares are fractions. */
export const limitParameters = parameterTable({
  total: { kind: 'number', default: 1, title: 'Sum of the weights' },
  bounds: {
    kind: 'numbers',
    default: [0, 1],
    title: 'Least and greatest weight of each',
    help: 'Two numbers; the first below 0 lets weights be short.',
  },
  lower: { kind: 'by-name', optional: true, title: 'Least weight, by name' },
  upper: { kind: 'by-name', optional: true, title: 'Greatest weight, by name' },
  groups: {
    kind: 'text-by-name',
    optional: true,
    title: 'Group of each name',
    help: 'A sector, a country, a currency.',
  },
  groupLower: { kind: 'by-name', optional: true, title: 'Least weight of each group' },
  groupUpper: { kind: 'by-name', optional: true, title: 'Greatest weight of each group' },
  scores: {
    kind: 'list',
    optional: true,
    title: 'Limits of weighted scores',
    help: 'A carbon, quality or beta score of each name, and what their weighted sum may be.',
    of: {
      kind: 'object',
      title: 'Score',
      fields: {
        name: { kind: 'text', title: 'What is scored' },
        of: { kind: 'by-name', title: 'Score of each name' },
        least: { kind: 'number', optional: true, title: 'Least weighted sum' },
        most: { kind: 'number', optional: true, title: 'Greatest weighted sum' },
      },
    },
  },
  minBeta: {
    kind: 'number',
    optional: true,
    title: 'Least beta to the benchmark',
  },
  maxBeta: { kind: 'number', optional: true, title: 'Greatest beta to the benchmark' },
  minReturn: { kind: 'number', optional: true, unit: 'a year', title: 'Least expected return' },
  current: {
    kind: 'by-name',
    optional: true,
    title: 'Weights now',
    help: 'For turnover and costs; a name that is left out is not held.',
  },
  benchmark: {
    kind: 'by-name',
    optional: true,
    title: 'Weights of the benchmark',
    help: 'For tracking error and beta.',
  },
  maxTurnover: limit('Greatest one-way turnover', 'Half the sum of all changes of weight.'),
  maxGross: limit('Greatest gross weight', 'Sum of all weights without their signs.'),
  maxLong: limit('Greatest long weight'),
  maxShort: limit('Greatest short weight'),
  maxNames: { kind: 'integer', min: 1, optional: true, title: 'Greatest number of names' },
  minWeight: limit('Least weight of a name that is held', 'Smaller ones are not held at all.'),
  maxVolatility: limit('Greatest volatility', 'A year.'),
  maxTrackingError: limit('Greatest tracking error', 'A year, to the benchmark.'),
});

type Asked = Omit<ValuesOf<typeof limitParameters>, 'scores'> & {
  readonly scores:
    | readonly {
        readonly name: string;
        readonly of: Readonly<Record<string, number>>;
        readonly least: number | undefined;
        readonly most: number | undefined;
      }[]
    | undefined;
};

/** What limits lean on. */
interface Ground {
  readonly names: readonly string[];
  readonly covariance: Matrix;
  readonly expectedReturns: Float64Array;
}

/** The region that the limits asked for allow. */
export function regionAsked(asked: Asked, ground: Ground): Result<Region> {
  const { bounds, benchmark } = asked;
  const [low = 0, high = 1] = bounds;
  const wrong = whyNotRead(asked, ground.names);
  if (wrong) return wrong;
  const needsBenchmark =
    asked.maxTrackingError !== undefined ||
    asked.minBeta !== undefined ||
    asked.maxBeta !== undefined;
  if (needsBenchmark && benchmark === undefined) {
    return refuse({
      code: 'optimisation.benchmark',
      detail:
        'Limits of beta and tracking error need the weights of a benchmark; give them as benchmark.',
    });
  }
  const scores = benchmark && needsBenchmark ? betasTo(benchmark, ground) : null;
  if (scores !== null && !scores.ok) return scores;
  const current = asked.current ? new Map(Object.entries(asked.current)) : null;
  return regionOf(
    ground.names,
    [
      { kind: 'budget', total: asked.total },
      { kind: 'bounds', lower: low, upper: high },
      ...ownBounds(asked),
      ...groupLimits(asked, ground.names),
      ...(asked.scores ?? []).map(
        ({ name, of, least, most }): Constraint => ({
          kind: 'score',
          // The budget is known by its name, which a score must not take.
          name: name === 'budget' ? 'score budget' : name,
          scores: new Map(Object.entries(of)),
          ...sides(least, most),
        }),
      ),
      ...(scores && (asked.minBeta !== undefined || asked.maxBeta !== undefined)
        ? [
            {
              kind: 'score' as const,
              name: 'beta',
              scores: scores.value,
              ...sides(asked.minBeta, asked.maxBeta),
            },
          ]
        : []),
      ...(asked.minReturn === undefined
        ? []
        : [
            {
              kind: 'score' as const,
              name: 'expected return',
              scores: byName(ground.names, ground.expectedReturns),
              lower: asked.minReturn,
              unit: 'fraction' as const,
            },
          ]),
      ...caps(asked),
    ],
    current,
  );
}

const sides = (lower: number | undefined, upper: number | undefined) => ({
  ...(lower === undefined ? {} : { lower }),
  ...(upper === undefined ? {} : { upper }),
});

const byName = (names: readonly string[], values: Float64Array): ReadonlyMap<string, number> =>
  new Map(names.map((name, i) => [name, values[i]]));

function ownBounds({ lower, upper }: Asked): Constraint[] {
  return [
    ...Object.entries(lower ?? {}).map(([name, value]) => ({
      kind: 'bounds' as const,
      of: [name],
      lower: value,
    })),
    ...Object.entries(upper ?? {}).map(([name, value]) => ({
      kind: 'bounds' as const,
      of: [name],
      upper: value,
    })),
  ];
}

/** The refusal of bounds or groups that say nothing; undefined where they do. */
function whyNotRead(asked: Asked, names: readonly string[]): Refused<Fault> | undefined {
  const { bounds } = asked;
  const [low, high] = bounds;
  if (bounds.length !== 2 || low === undefined || high === undefined || low > high) {
    return refuse({
      code: 'optimisation.bounds',
      detail: `Bounds are the least and the greatest weight, such as 0 and 1, not ${bounds.join(', ') || 'nothing'}.`,
    });
  }
  const wrong = whyNoGroup(asked, names);
  return wrong === null ? undefined : refuse({ code: 'optimisation.group', detail: wrong });
}

/** What is wrong with the groups or their limits; null where each name and each group is known. */
function whyNoGroup(
  { groups, groupLower, groupUpper }: Asked,
  names: readonly string[],
): string | null {
  const stranger = strangerIn(groups, names);
  if (stranger !== undefined) {
    return `The groups name ${stranger}, which is not among ${list(names)}.`;
  }
  const known = [...new Set(Object.values(groups ?? {}))];
  const empty = strangerIn({ ...groupLower, ...groupUpper }, known);
  if (empty === undefined) return null;
  return known.length === 0
    ? `There is a limit for group ${empty}, but no groups; give the group of each name as groups.`
    : `There is a limit for group ${empty}, in which there is no name; the groups are ${list(known)}.`;
}

const list = (all: readonly string[]): string =>
  `${all.slice(0, 8).join(', ')}${all.length > 8 ? ', …' : ''}`;

function groupLimits(
  { groups = {}, groupLower = {}, groupUpper = {} }: Asked,
  names: readonly string[],
): Constraint[] {
  const limited = new Set([...Object.keys(groupLower), ...Object.keys(groupUpper)]);
  return [...limited].map((group) => ({
    kind: 'group',
    name: `group ${group}`,
    members: names.filter((name) => groups[name] === group),
    ...sides(groupLower[group], groupUpper[group]),
  }));
}

function caps(asked: Asked): Constraint[] {
  const asCap = [
    ['turnover', asked.maxTurnover],
    ['gross', asked.maxGross],
    ['long', asked.maxLong],
    ['short', asked.maxShort],
    ['max-names', asked.maxNames],
    ['min-weight', asked.minWeight],
    ['volatility', asked.maxVolatility],
  ] as const;
  return [
    ...asCap.flatMap(([kind, value]): Constraint[] =>
      value === undefined ? [] : [{ kind, limit: value }],
    ),
    ...(asked.maxTrackingError === undefined
      ? []
      : [
          {
            kind: 'tracking-error' as const,
            benchmark: new Map(Object.entries(asked.benchmark ?? {})),
            limit: asked.maxTrackingError,
          },
        ]),
  ];
}

/** Σb ÷ bᵀΣb: the beta of each name to the benchmark weights. */
function betasTo(
  benchmark: Readonly<Record<string, number>>,
  { names, covariance }: Ground,
): Result<ReadonlyMap<string, number>> {
  const weights = Float64Array.from(names, (name) => benchmark[name] ?? 0);
  const variance = quadraticForm(covariance, weights);
  if (!(variance > 0)) {
    return refuse({
      code: 'optimisation.benchmark',
      detail:
        'The benchmark does not move, so that nothing has a beta to it; give weights of names that are there.',
    });
  }
  const betas = timesVector(covariance, weights).map((value) => value / variance);
  return { ok: true, value: byName(names, betas) };
}

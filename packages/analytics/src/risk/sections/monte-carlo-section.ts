import { ok, type Result } from '@plimsoll/kernel';
import { columnMeans } from '@plimsoll/quant/statistics';
import { cell } from '../../analysis/cells.ts';
import type { Figure } from '../../analysis/report.ts';
import { sampleCovariance } from '../../covariance/sample.ts';
import type { Book } from '../book.ts';
import { type Copula, type CopulaKind, fitCopulaModel } from '../copula.ts';
import type { MarginKind } from '../margin.ts';
import { normalModel, type ReturnModel, simulatedTail, simulatePortfolio } from '../simulation.ts';
import { lossesChart } from './losses-chart.ts';
import { percent, type Section, section } from './section.ts';

export interface MonteCarloRequest {
  readonly copula: CopulaKind;
  readonly margins: MarginKind;
  readonly paths: number;
  readonly seed: number;
  readonly antithetic: boolean;
  readonly levels: readonly number[];
  readonly horizon: number;
}

/** What is drawn from, with what was fitted for it. */
interface Drawable {
  readonly model: ReturnModel;
  readonly copula: Copula | null;
  readonly degrees: readonly (number | null)[];
}

/** VaR and CVaR of drawn scenarios, with how far chance may have moved them. */
export function monteCarloSection(book: Book, request: MonteCarloRequest): Result<Section> {
  const { paths, seed, antithetic, levels, horizon } = request;
  const drawable = drawableOf(book, request);
  if (!drawable.ok) return drawable;
  const { model, copula, degrees } = drawable.value;
  const outcome = simulatePortfolio(book.weights, model, {
    paths,
    seed,
    antithetic,
    periods: horizon,
  });
  const chart = lossesChart(outcome);
  const figures = levels.flatMap((level) => tailFigures(outcome, level, request));
  const fitted: readonly Figure[] =
    copula && Number.isFinite(copula.degreesOfFreedom)
      ? [
          {
            id: 'copula-degrees',
            title: 'Degrees of freedom of the copula',
            value: cell(copula.degreesOfFreedom),
            unit: 'number',
            formula: 'ν of the highest likelihood of the ranks, from 2 to 100',
            source: 'A. McNeil, R. Frey, P. Embrechts, Quantitative Risk Management, 2015',
            note: 'The fewer, the likelier are extremes that come together.',
          },
        ]
      : [];
  const isStudentT = request.margins === 'student-t';
  return ok(
    section({
      figures: [...figures, ...fitted],
      tables: isStudentT
        ? [
            {
              id: 'margins',
              title: 'Margins',
              columns: [
                { id: 'instrument', title: 'Instrument' },
                { id: 'degrees', title: 'Degrees of freedom', unit: 'number' },
              ],
              rows: book.names.map((name, i) => [name, degrees[i]]),
            },
          ]
        : [],
      charts: [{ ...chart, id: 'drawn-distribution', title: 'Distribution of drawn returns' }],
    }),
  );
}

function drawableOf(book: Book, { copula, margins }: MonteCarloRequest): Result<Drawable> {
  // A Gaussian copula of normal margins is the normal distribution: no detour by ranks.
  if (copula === 'gaussian' && margins === 'normal') {
    const model = normalModel({
      mean: columnMeans(book.instruments),
      covariance: sampleCovariance(book.instruments),
    });
    return ok({ model, copula: null, degrees: [] });
  }
  const fitted = fitCopulaModel(book.instruments, copula, margins, book.names);
  if (!fitted.ok) return fitted;
  return ok({
    model: fitted.value,
    copula: fitted.value.copula,
    degrees: fitted.value.margins.map((margin) => cell(margin.degreesOfFreedom)),
  });
}

function tailFigures(
  outcome: Float64Array,
  level: number,
  { antithetic, paths }: MonteCarloRequest,
): readonly Figure[] {
  const tail = simulatedTail(outcome, level);
  const name = percent(level);
  const source = 'P. Glasserman, Monte Carlo Methods in Financial Engineering, 2003';
  const blur = antithetic
    ? 'Opposite pairs make the true width somewhat smaller.'
    : 'By order statistics, whatever the distribution.';
  return [
    {
      id: `monte-carlo-var-${name}`,
      title: `VaR ${name} %`,
      value: cell(tail.valueAtRisk),
      unit: 'fraction',
      formula: `−q(1 − level) of ${paths} drawn returns`,
      source,
    },
    {
      id: `monte-carlo-cvar-${name}`,
      title: `CVaR ${name} %`,
      value: cell(tail.cvar),
      unit: 'fraction',
      formula: 'minus the mean of the worst share 1 − level of them',
      source,
    },
    {
      id: `monte-carlo-var-${name}-low`,
      title: `VaR ${name} %, low end`,
      value: cell(tail.low),
      unit: 'fraction',
      formula: 'rank n α + 1.96 √(n α (1 − α))',
      source,
      note: blur,
    },
    {
      id: `monte-carlo-var-${name}-high`,
      title: `VaR ${name} %, high end`,
      value: cell(tail.high),
      unit: 'fraction',
      formula: 'rank n α − 1.96 √(n α (1 − α))',
      source,
      note: blur,
    },
  ];
}

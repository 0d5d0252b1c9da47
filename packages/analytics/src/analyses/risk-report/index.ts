import { ok, type Result } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { type Book, bookOf } from '../../risk/book.ts';
import type { RiskMethodId } from '../../risk/risk-method.ts';
import { riskMethods } from '../../risk/risk-methods.ts';
import { methodsBacktest } from '../../risk/sections/backtest-section.ts';
import { componentsSection } from '../../risk/sections/components-section.ts';
import { drawdownSection } from '../../risk/sections/drawdown-section.ts';
import { episodesSection, marketBetas } from '../../risk/sections/episodes-section.ts';
import { lossesChart } from '../../risk/sections/losses-chart.ts';
import { monteCarloSection } from '../../risk/sections/monte-carlo-section.ts';
import { joined, type Section, section } from '../../risk/sections/section.ts';
import {
  distinctHorizons,
  distinctLevels,
  furtherTailFigures,
  methodsSection,
  tailFigures,
  whyNoRequest,
} from '../../risk/sections/tail-section.ts';
import {
  bookParameters,
  chosenMethod,
  methodOptions,
  methodParameters,
  scalingParameter,
} from '../../risk/tail-parameters.ts';

/** Methods quick enough to be estimated anew each day of a report. */
const backtested: readonly RiskMethodId[] = [
  'historical',
  'age-weighted',
  'ewma-filtered',
  'normal',
  'ewma-normal',
  'cornish-fisher',
];

/** Instruments up to which a copula is fitted in a report. */
const widest = 60;

export default defineAnalysis({
  id: 'risk-report',
  group: 'risk',
  title: 'Risk report',
  summary:
    'Everything about the risk of a portfolio at once: VaR and CVaR by every method, its parts, drawdown, correlations, falls of the past and how good the forecasts were.',
  input: {
    ...bookParameters,
    benchmark: { kind: 'series', of: 'prices', optional: true, title: 'Index of the market' },
    levels: { kind: 'numbers', default: [0.95, 0.99], title: 'Levels' },
    horizons: { kind: 'numbers', default: [1, 10], title: 'Horizons, in periods of the returns' },
    scaling: scalingParameter,
    ...methodParameters,
    window: {
      kind: 'integer',
      min: 20,
      default: 250,
      unit: 'returns',
      title: 'Returns that each backtested forecast is made from',
    },
  },
  compute(values) {
    const { scaling, paths, seed, window, periodsPerYear } = values;
    const levels = distinctLevels(values.levels);
    const horizons = distinctHorizons(values.horizons);
    const wrong = whyNoRequest(levels, horizons);
    if (wrong) return wrong;
    const had = bookOf(values.prices, values.weights);
    if (!had.ok) return had;
    const book = had.value;
    const options = methodOptions(values);
    const request = { levels, horizons, scaling, options };
    const level = levels[0];
    // Fitting a copula takes a time that grows with the square of the instruments.
    const isWide = book.names.length > widest;
    const monteCarlo = monteCarloSection(book, {
      copula: isWide ? 'gaussian' : 'student-t',
      margins: isWide ? 'normal' : 'student-t',
      paths,
      seed,
      antithetic: true,
      levels,
      horizon: 1,
    });
    return ok({
      title: 'Risk report',
      sample: book.sample,
      conventions: [
        'Today’s weights on the past returns of the instruments; VaR and CVaR are positive losses as a share of value.',
        `Figures on top are historical; longer horizons ${
          scaling === 'overlapping' ? 'from overlapping runs' : 'by the square root of time'
        }. Parts are at the first level, of one period.`,
        `Drawn scenarios: ${isWide ? `normal returns (a copula is fitted to ${widest} instruments at most)` : 'a t copula with Student-t margins'}, ${paths} of them, seed ${seed}.`,
      ],
      ...joined([
        section({
          figures: tailFigures(book.returns, chosenMethod('historical'), request),
          notes: book.notes,
        }),
        orNote(componentsSection(book, { level, periodsPerYear, options })),
        drawdownSection(book),
        orNote(monteCarlo),
        section({ figures: furtherTailFigures(book.returns, request) }),
        methodsSection(book.returns, request),
        episodesSection(book, values.prices, marketBetas(book, values.benchmark)),
        backtests(book, levels, window, options),
        section({ charts: [lossesChart(book.returns)] }),
      ]),
    });
  },
});

/** A part that does not fit this portfolio is left out, and says why. */
const orNote = (part: Result<Section>): Section =>
  part.ok ? part.value : section({ notes: [part.fault.detail] });

function backtests(
  book: Book,
  levels: readonly number[],
  window: number,
  options: Parameters<typeof methodsBacktest>[2]['options'],
): Section {
  if (book.returns.length < window + 60) {
    return section({
      notes: [
        `${book.returns.length} returns are too few to hold forecasts from ${window} against what came after; give ${window + 60} or a shorter window.`,
      ],
    });
  }
  const methods = riskMethods.filter(({ id }) => backtested.includes(id));
  const level = Math.max(...levels);
  return methodsBacktest(book, methods, { level, window, every: 1, options });
}

import { ok, refuse } from '@plimsoll/kernel';
import { normalCdf } from '@plimsoll/quant/distributions';
import { cell, line } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import type { Figure } from '../../analysis/report.ts';
import { strangerIn } from '../../analysis/weights-by-name.ts';
import { deviationsOf } from '../../covariance/correlation.ts';
import { sampleCovariance, scaled } from '../../covariance/sample.ts';
import { type Book, bookOf } from '../../risk/book.ts';
import { marketBetas } from '../../risk/sections/episodes-section.ts';
import { reverseStress, scenarioMultiple } from '../../risk/stress.ts';
import { bookParameters } from '../../risk/tail-parameters.ts';

export default defineAnalysis({
  id: 'reverse-stress',
  group: 'risk',
  title: 'Reverse stress test',
  summary:
    'What it would take to lose that much: the likeliest scenario, how far away it is, and how often over a scenario of yours.',
  input: {
    ...bookParameters,
    loss: { kind: 'number', above: 0, max: 1, default: 0.2, title: 'Loss, as a share of value' },
    horizon: {
      kind: 'integer',
      min: 1,
      max: 2520,
      default: 21,
      unit: 'periods',
      title: 'Time in which it is lost',
    },
    scenario: {
      kind: 'by-name',
      optional: true,
      title: 'A scenario, returns by instrument',
      help: 'How often over it must happen to lose that much.',
    },
    benchmark: { kind: 'series', of: 'prices', optional: true, title: 'Index of the market' },
  },
  compute(values) {
    const { loss, horizon, scenario } = values;
    const book = bookOf(values.prices, values.weights);
    if (!book.ok) return book;
    const { names, weights, instruments } = book.value;
    const covariance = scaled(sampleCovariance(instruments), horizon);
    const found = reverseStress(
      weights,
      { mean: new Float64Array(names.length), covariance },
      loss,
    );
    if (!found.ok) return found;
    const stranger = strangerIn(scenario, names);
    if (stranger !== undefined) {
      return refuse({
        code: 'risk.unknown-shock',
        detail: `The scenario has a return of ${stranger}, which is not held; held are ${names.join(', ')}.`,
      });
    }
    const deviations = deviationsOf(covariance);
    const { returns, losses, distance } = found.value;
    const impossible = names.filter((_, i) => returns[i] < -1);
    const figures: Figure[] = [
      ...distanceFigures(distance),
      ...marketFigure(book.value, values, loss),
      ...(scenario ? [multipleFigure(book.value, scenario, loss)] : []),
    ];
    return ok({
      title: `What it would take to lose ${(loss * 100).toFixed(1)} %`,
      sample: book.value.sample,
      conventions: [
        `Over ${horizon} periods, with the sample covariance times ${horizon} and no mean return.`,
        'The likeliest scenario is the nearest to no change by Mahalanobis distance among all that lose so much.',
      ],
      figures,
      tables: [
        {
          id: 'scenario',
          title: 'The likeliest scenario',
          columns: [
            { id: 'instrument', title: 'Instrument' },
            { id: 'weight', title: 'Weight', unit: 'fraction' },
            { id: 'return', title: 'Return', unit: 'fraction' },
            { id: 'deviations', title: 'In its own deviations', unit: 'number' },
            { id: 'loss', title: 'Part of the loss', unit: 'fraction' },
          ],
          rows: names.map((name, i) => [
            name,
            weights[i],
            cell(returns[i]),
            cell(returns[i] / deviations[i]),
            cell(losses[i]),
          ]),
        },
      ],
      charts: [
        {
          id: 'scenario',
          title: 'The likeliest scenario',
          kind: 'bars',
          x: names,
          lines: [line('return', returns)],
          unit: 'fraction',
        },
      ],
      notes: [
        ...book.value.notes,
        ...(impossible.length > 0
          ? [
              `The scenario would take more than everything from ${impossible.join(', ')}: linear returns reach their limit here, and the loss is unlikelier than it says.`,
            ]
          : []),
      ],
    });
  },
});

const distanceFigures = (distance: number): readonly Figure[] => [
  {
    id: 'distance',
    title: 'How far away the likeliest such scenario is',
    value: cell(distance),
    unit: 'number',
    formula: 'Mahalanobis distance = L ÷ √(wᵀΣw)',
    source: breuer,
    note: 'In standard deviations of the portfolio over the horizon.',
  },
  {
    id: 'probability',
    title: 'Probability of that loss or more, were returns normal',
    value: cell(normalCdf(-distance)),
    unit: 'fraction',
    formula: 'Φ(−distance)',
    source: breuer,
    note: 'Real tails are thicker: take it as the least it may be.',
  },
];

const breuer =
  'T. Breuer, M. Jandačka, K. Rheinberger, M. Summer, How to find plausible, severe and useful stress scenarios, 2009';

/** The fall of the market alone that would do it. */
function marketFigure(
  book: Book,
  { benchmark }: { readonly benchmark: Parameters<typeof marketBetas>[1] },
  loss: number,
): Figure[] {
  if (!benchmark) return [];
  const betas = marketBetas(book, benchmark);
  const beta = book.names.reduce(
    (sum, name, i) => sum + book.weights[i] * (betas.byName.get(name) ?? 0),
    0,
  );
  const fall = beta > 0 ? -loss / beta : null;
  return [
    {
      id: 'market-fall',
      title: `Return of ${betas.name} that alone would do it`,
      value: fall !== null && fall >= -1 ? fall : null,
      ...(fall !== null && fall >= -1
        ? {}
        : { why: betas.why ?? `a beta of ${beta.toFixed(2)} lets no fall of the market do it` }),
      unit: 'fraction',
      formula: '−L ÷ Σ w_i β_i',
      source: 'W. Sharpe, Capital asset prices, 1964',
    },
  ];
}

function multipleFigure(
  { names, weights }: Book,
  scenario: Readonly<Record<string, number>>,
  loss: number,
): Figure {
  const returns = Float64Array.from(names, (name) => scenario[name] ?? 0);
  const multiple = scenarioMultiple(weights, returns, loss);
  return {
    id: 'scenario-multiple',
    title: 'How often over the scenario must happen',
    value: cell(multiple),
    ...(multiple === null ? { why: 'the scenario is no loss for this portfolio' } : {}),
    unit: 'ratio',
    formula: 'L ÷ −Σ w_i s_i',
    source: 'P. Kupiec, Stress testing in a value at risk framework, 1998',
  };
}

import { ok, refuse } from '@plimsoll/kernel';
import { matrix } from '@plimsoll/quant/linear-algebra';
import { along, line } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure, notDefined } from '../../analysis/figure.ts';
import { panelObservations } from '../../analysis/observations.ts';
import type { Figure, ReportTable } from '../../analysis/report.ts';
import { sampleOf } from '../../analysis/sample-of.ts';
import {
  absorptionRatio,
  componentReturns,
  type PrincipalComponents,
  principalComponents,
} from '../../factors/principal-components.ts';

const pearson =
  'Karl Pearson, On lines and planes of closest fit to systems of points in space, 1901';

/** Directions in which instruments move together. */
export default defineAnalysis({
  id: 'principal-components',
  group: 'factors',
  title: 'Principal components',
  summary:
    'The directions in which instruments move together, how much each explains, and how concentrated they are.',
  input: {
    prices: { kind: 'panel', of: 'prices', title: 'Prices or returns of the instruments' },
    matrix: {
      kind: 'choice',
      of: ['correlation', 'covariance'],
      default: 'correlation',
      title: 'Components of',
      help: 'Correlation treats all instruments alike; covariance follows the volatile ones.',
    },
    components: {
      kind: 'integer',
      min: 1,
      default: 5,
      title: 'Components to show',
    },
    absorbing: {
      kind: 'integer',
      min: 1,
      optional: true,
      title: 'Components of the absorption ratio',
      help: 'A fifth of the instruments if not given.',
    },
  },
  compute({ prices, matrix: of, components, absorbing }) {
    const read = panelObservations(prices, 'prices');
    if (!read.ok) return read;
    const { names, days, returns, n, missing } = read.value;
    if (n < 2) {
      return refuse({
        code: 'factors.too-few',
        detail: `${n} returns that all instruments have are too few; give three prices or more on common days.`,
      });
    }
    const panel = matrix(n, names.length, returns);
    const found = principalComponents(panel, of);
    if (!found) {
      return refuse({
        code: 'factors.constant',
        detail: `Some instrument of ${names.join(', ')} does not vary over these ${n} returns, so it has no ${of}; leave it out.`,
      });
    }
    const shown = Math.min(components, names.length);
    const top = absorbing ?? Math.max(1, Math.round(names.length / 5));
    const parts = componentReturns(panel, found, of, shown);
    const titles = Array.from({ length: shown }, (_, c) => `component ${c + 1}`);
    return ok({
      title: 'Principal components',
      sample: sampleOf(read.value),
      conventions: [
        `Components of the sample ${of} of simple returns (ddof = 1).`,
        'A vector’s sign is set so that its largest entry is positive.',
      ],
      figures: figures(found, Math.min(top, names.length)),
      tables: tables(found, names, shown),
      charts: [
        {
          id: 'shares',
          title: 'Share of each component',
          kind: 'bars',
          x: Array.from(found.explained, (_, c) => c + 1),
          lines: [line('share', found.explained)],
          unit: 'fraction',
        },
        {
          id: 'paths',
          title: 'Components, added up over time',
          kind: 'line',
          x: along(days, n),
          lines: titles.slice(0, 3).map((title, c) => {
            let sum = 0;
            return line(
              title,
              Float64Array.from({ length: n }, (_, t) => {
                sum += parts.data[t * shown + c];
                return sum;
              }),
            );
          }),
          unit: 'number',
        },
      ],
      notes:
        missing > 0 ? [`${missing} rows in which an instrument had no number are left out.`] : [],
    });
  },
});

const figures = (found: PrincipalComponents, top: number): Figure[] => [
  figure('first-share', 'Share of the first component', found.explained[0], {
    unit: 'fraction',
    formula: 'λ₁ ÷ Σ λ',
    source: pearson,
    why: notDefined,
  }),
  figure('absorption-ratio', `Absorption ratio of ${top}`, absorptionRatio(found, top), {
    unit: 'fraction',
    formula: 'Σ of the largest λ ÷ Σ λ',
    source:
      'Mark Kritzman, Yuanzhen Li, Sébastien Page, Roberto Rigobon, Principal components as a measure of systemic risk, 2011',
    why: notDefined,
  }),
  figure('effective-rank', 'Effective number of components', found.effectiveRank, {
    unit: 'number',
    formula: 'exp(−Σ p ln p), p = λ ÷ Σ λ',
    source: 'Olivier Roy, Martin Vetterli, The effective rank, 2007',
    why: notDefined,
  }),
];

const tables = (
  found: PrincipalComponents,
  names: readonly string[],
  shown: number,
): ReportTable[] => [
  {
    id: 'components',
    title: 'Components',
    columns: [
      { id: 'component', title: 'Component', unit: 'count' },
      { id: 'eigenvalue', title: 'Eigenvalue', unit: 'number' },
      { id: 'share', title: 'Share', unit: 'fraction' },
      { id: 'together', title: 'With those before', unit: 'fraction' },
    ],
    rows: Array.from(found.eigenvalues, (each, c) => [
      c + 1,
      each,
      found.explained[c],
      absorptionRatio(found, c + 1),
    ]),
  },
  {
    id: 'loadings',
    title: 'Loadings',
    columns: [
      { id: 'instrument', title: 'Instrument' },
      ...Array.from({ length: shown }, (_, c) => `component ${c + 1}`).map((title, c) => ({
        id: `pc${c + 1}`,
        title,
        unit: 'ratio' as const,
      })),
    ],
    rows: names.map((name, i) => [
      name,
      ...found.loadings.data.subarray(i * names.length, i * names.length + shown),
    ]),
  },
];

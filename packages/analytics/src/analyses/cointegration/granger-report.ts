import { standardDeviation } from '@plimsoll/quant/statistics';
import { type EngleGranger, meanReversion } from '@plimsoll/quant/time-series';
import { along, cell, cells } from '../../analysis/cells.ts';
import { figure } from '../../analysis/figure.ts';
import type { Figure, Report, ReportTable } from '../../analysis/report.ts';
import { figureOfFit } from '../../forecasting/figure-of-fit.ts';

const granger =
  'Robert Engle and Clive Granger, Co-integration and error correction, 1987; p-value of James MacKinnon, 1994';

/** What the test of residuals says: the hedge, the spread and how it comes back. */
export function grangerReport(
  found: EngleGranger,
  names: readonly string[],
  days: readonly string[],
): Pick<Report, 'title' | 'figures' | 'tables' | 'charts'> {
  const deviation = standardDeviation(found.residuals);
  const z = found.residuals.map((each) => each / deviation);
  return {
    title: `Cointegration of ${names.join(', ')}`,
    figures: figures(found, z),
    tables: tables(found, names),
    charts: [
      {
        id: 'spread',
        title: 'Spread in deviations',
        kind: 'line',
        x: along(days, z.length),
        lines: [{ name: 'z', values: cells(z) }],
        unit: 'number',
      },
    ],
  };
}

function figures(found: EngleGranger, z: Float64Array): Figure[] {
  return [
    figure('engle-granger', 'Engle–Granger τ', found.statistic, {
      formula: 'Dickey–Fuller τ of the residuals of the first on the others',
      source: granger,
    }),
    figure('engle-granger-p', 'Engle–Granger p', found.p, {
      unit: 'fraction',
      formula: 'probability of a τ so low without cointegration',
      source: granger,
    }),
    figure('lags', 'Lags', found.lags, {
      unit: 'count',
      formula: 'of Δ residuals',
      source: granger,
    }),
    figureOfFit('half-life', 'Half-life of the spread', meanReversion(found.residuals), {
      of: ({ halfLife }) => halfLife,
      unit: 'periods',
      formula: '−ln 2 ÷ ln(1 + λ), Δs = c + λ s₋₁ + e',
      source: 'Ernest Chan, Algorithmic Trading, 2013',
    }),
    figure('z-score', 'Spread now in deviations', z[z.length - 1], {
      formula: 'sₙ ÷ s.d.(s)',
      source: 'Evan Gatev, William Goetzmann and Geert Rouwenhorst, Pairs trading, 2006',
    }),
  ];
}

function tables(found: EngleGranger, [first, ...rest]: readonly string[]): ReportTable[] {
  return [
    {
      id: 'hedge',
      title: `${first} explained by`,
      columns: [
        { id: 'name', title: 'Term' },
        { id: 'coefficient', title: 'Coefficient', unit: 'number' },
      ],
      rows: [
        ...rest.map((name, i) => [name, found.coefficients[i]]),
        ...['constant', 'trend']
          .slice(0, found.terms.length)
          .map((name, i) => [name, found.terms[i]]),
      ],
    },
    {
      id: 'critical',
      title: 'Critical values of τ',
      columns: [
        { id: 'level', title: 'Level' },
        { id: 'value', title: 'Value', unit: 'number' },
      ],
      rows: [
        ['1 %', cell(found.critical?.one)],
        ['5 %', cell(found.critical?.five)],
        ['10 %', cell(found.critical?.ten)],
      ],
    },
  ];
}

import { ok } from '@plimsoll/kernel';
import {
  detrendedFluctuation,
  type Fitted,
  rescaledRange,
  type ScalingExponent,
} from '@plimsoll/quant/time-series';
import { cells } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import type { Explained } from '../../analysis/figure.ts';
import type { Chart, Figure } from '../../analysis/report.ts';
import { figureOfFit } from '../../forecasting/figure-of-fit.ts';
import { readSeries, seriesInput } from '../../forecasting/read-series.ts';

const rs =
  'Harold Hurst, Long-term storage capacity of reservoirs, 1951; A. Anis and E. Lloyd, The expected value of the adjusted rescaled Hurst range of independent normal summands, 1976';
const dfa = 'Chung-Kang Peng and others, Mosaic organization of DNA nucleotides, 1994';

export default defineAnalysis({
  id: 'hurst',
  group: 'forecasting',
  title: 'Hurst exponent',
  summary:
    'Whether moves go on or turn back over long stretches, by rescaled range and detrended fluctuation.',
  input: {
    ...seriesInput,
    form: {
      ...seriesInput.form,
      default: 'log-returns',
      help: 'Increments: of prices, their log returns.',
    },
  },
  compute({ series, form }) {
    const read = readSeries(series, form);
    if (!read.ok) return read;
    const { name, sample, notes, values } = read.value;
    const corrected = rescaledRange(values);
    const plain = rescaledRange(values, false);
    const fluctuation = detrendedFluctuation(values);
    return ok({
      title: `Hurst exponent of ${name}`,
      sample,
      conventions: [
        'Windows from 8 values to a quarter of the series, four sizes an octave; slopes by least squares.',
      ],
      figures: [
        exponent('rescaled-range', 'Rescaled range, corrected', corrected, {
          formula: '½ + slope of ln((R/S)ₘ ÷ Eₘ) on ln m',
          source: rs,
        }),
        exponent('rescaled-range-plain', 'Rescaled range', plain, {
          formula: 'slope of ln (R/S)ₘ on ln m',
          source: rs,
          note: 'Leans above ½ in short series.',
        }),
        exponent('detrended-fluctuation', 'Detrended fluctuation', fluctuation, {
          formula: 'slope of ln F(m) on ln m',
          source: dfa,
        }),
      ],
      tables: [],
      charts: [
        ...chart('rescaled-range', 'Rescaled range by window', plain),
        ...chart('fluctuation', 'Fluctuation by window', fluctuation),
      ],
      notes,
    });
  },
});

function exponent(
  id: string,
  title: string,
  found: Fitted<ScalingExponent>,
  explained: Pick<Explained, 'formula' | 'source' | 'note'>,
): Figure {
  return figureOfFit(id, title, found, { of: (fit) => fit.exponent, unit: 'ratio', ...explained });
}

const chart = (id: string, title: string, found: Fitted<ScalingExponent>): Chart[] =>
  found.why === undefined
    ? [
        {
          id,
          title,
          kind: 'points',
          x: Array.from(found.sizes),
          lines: [{ name: title, values: cells(found.measured) }],
          unit: 'number',
        },
      ]
    : [];

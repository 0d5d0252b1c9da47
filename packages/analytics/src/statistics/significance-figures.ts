import { estimate } from '../analysis/estimate.ts';
import type { Figure, Unit } from '../analysis/report.ts';
import {
  deflatedSharpe,
  expectedMaximumSharpe,
  minimumTrackRecord,
  probabilisticSharpe,
  type SharpeEstimate,
  sharpeStandardError,
} from './sharpe-significance.ts';

export interface SignificanceQuestion {
  readonly periodsPerYear: number;
  /** Sharpe ratio to beat, a year. */
  readonly against: number;
  readonly confidence: number;
  readonly trials: number;
  /** Of the trials’ Sharpe ratios a year; that of the estimate where absent. */
  readonly trialVariance?: number | undefined;
}

const bailey = 'D. Bailey, M. López de Prado, The Sharpe ratio efficient frontier, 2012';
const deflated = 'D. Bailey, M. López de Prado, The deflated Sharpe ratio, 2014';

/** What can be said about a Sharpe ratio. Ratios a year, times √periods of those per period. */
export function significanceFigures(
  of: SharpeEstimate,
  { periodsPerYear, against, confidence, trials, trialVariance }: SignificanceQuestion,
): Figure[] {
  const root = Math.sqrt(periodsPerYear);
  const error = sharpeStandardError(of);
  const beaten = against / root;
  const variance = trialVariance === undefined ? error ** 2 : trialVariance / periodsPerYear;
  const hurdle = expectedMaximumSharpe(trials, variance);
  const track = minimumTrackRecord(of, beaten, confidence);
  const none = 'no distribution has such skewness and kurtosis';
  const short = 'the Sharpe ratio is not above the one to beat';
  return [
    figure('sharpe', 'Sharpe ratio', of.sharpe * root, 'ratio', [
      '√p × mean(r − rf) ÷ sample deviation(r − rf)',
      'W. F. Sharpe, The Sharpe ratio, 1994',
    ]),
    figure('standard-error', 'Standard error', error * root, 'ratio', [
      '√(p × (1 − γ₃ SR + (γ₄ − 1) ÷ 4 × SR²) ÷ (n − 1)), SR per period',
      'E. Mertens, Comments on variance of the IID estimator in Lo (2002), 2002',
      none,
    ]),
    figure(
      'standard-error-normal',
      'Standard error (independent normal returns)',
      Math.sqrt(((1 + of.sharpe ** 2 / 2) / of.n) * periodsPerYear),
      'ratio',
      [
        '√(p × (1 + SR² ÷ 2) ÷ n), SR per period',
        'A. W. Lo, The statistics of Sharpe ratios, 2002',
      ],
    ),
    figure(
      'probabilistic-sharpe',
      'Probabilistic Sharpe ratio',
      probabilisticSharpe(of, beaten),
      'fraction',
      ['Φ((SR − SR*) ÷ standard error)', bailey, none],
    ),
    figure('minimum-track-record', 'Minimum track record', track, 'periods', [
      '1 + (1 − γ₃ SR + (γ₄ − 1) ÷ 4 × SR²)(z ÷ (SR − SR*))²',
      bailey,
      short,
    ]),
    figure(
      'minimum-track-record-years',
      'Minimum track record in years',
      track / periodsPerYear,
      'years',
      ['minimum track record ÷ periods a year', bailey, short],
    ),
    figure(
      'expected-maximum-sharpe',
      'Sharpe ratio of the luckiest of the trials',
      hurdle * root,
      'ratio',
      ['√V ((1 − γ) Φ⁻¹(1 − 1/N) + γ Φ⁻¹(1 − 1/(N e)))', deflated, none],
    ),
    figure(
      'deflated-sharpe',
      'Deflated Sharpe ratio',
      deflatedSharpe(of, trials, variance),
      'fraction',
      ['Φ((SR − SR of the luckiest) ÷ standard error)', deflated, none],
    ),
  ];
}

function figure(
  id: string,
  title: string,
  number: number,
  unit: Unit,
  [formula, source, otherwise = 'the returns do not vary']: readonly [string, string, string?],
): Figure {
  const { value, why } = estimate(number, otherwise);
  return { id, title, value, ...(why === undefined ? {} : { why }), unit, formula, source };
}

import { figure } from '../analysis/figure.ts';
import type { Figure } from '../analysis/report.ts';
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
  const still = 'the returns do not vary';
  const none = 'no distribution has such skewness and kurtosis';
  const short = 'the Sharpe ratio is not above the one to beat';
  return [
    figure('sharpe', 'Sharpe ratio', of.sharpe * root, {
      unit: 'ratio',
      formula: '√p × mean(r − rf) ÷ sample deviation(r − rf)',
      source: 'W. F. Sharpe, The Sharpe ratio, 1994',
      why: still,
    }),
    figure('standard-error', 'Standard error', error * root, {
      unit: 'ratio',
      formula: '√(p × (1 − γ₃ SR + (γ₄ − 1) ÷ 4 × SR²) ÷ (n − 1)), SR per period',
      source: 'E. Mertens, Comments on variance of the IID estimator in Lo (2002), 2002',
      why: none,
    }),
    figure(
      'standard-error-normal',
      'Standard error (independent normal returns)',
      Math.sqrt(((1 + of.sharpe ** 2 / 2) / of.n) * periodsPerYear),
      {
        unit: 'ratio',
        formula: '√(p × (1 + SR² ÷ 2) ÷ n), SR per period',
        source: 'A. W. Lo, The statistics of Sharpe ratios, 2002',
        why: still,
      },
    ),
    figure('probabilistic-sharpe', 'Probabilistic Sharpe ratio', probabilisticSharpe(of, beaten), {
      unit: 'fraction',
      formula: 'Φ((SR − SR*) ÷ standard error)',
      source: bailey,
      why: none,
    }),
    figure('minimum-track-record', 'Minimum track record', track, {
      unit: 'periods',
      formula: '1 + (1 − γ₃ SR + (γ₄ − 1) ÷ 4 × SR²)(z ÷ (SR − SR*))²',
      source: bailey,
      why: short,
    }),
    figure('minimum-track-record-years', 'Minimum track record in years', track / periodsPerYear, {
      unit: 'years',
      formula: 'minimum track record ÷ periods a year',
      source: bailey,
      why: short,
    }),
    figure('expected-maximum-sharpe', 'Sharpe ratio of the luckiest of the trials', hurdle * root, {
      unit: 'ratio',
      formula: '√V ((1 − γ) Φ⁻¹(1 − 1/N) + γ Φ⁻¹(1 − 1/(N e)))',
      source: deflated,
      why: none,
    }),
    figure('deflated-sharpe', 'Deflated Sharpe ratio', deflatedSharpe(of, trials, variance), {
      unit: 'fraction',
      formula: 'Φ((SR − SR of the luckiest) ÷ standard error)',
      source: deflated,
      why: none,
    }),
  ];
}

import type { Figure } from '../../analysis/report.ts';
import { cornishFisherTailOf } from '../cornish-fisher.ts';
import { peaksOverThreshold } from '../extreme-values.ts';
import { ewmaFilter, garchVolatilityFilter } from '../filtered.ts';
import type { MethodOptions, RiskMethodId } from '../risk-method.ts';
import { fitStudentT, fitStudentTByMoments } from '../student-t-fit.ts';

/** What a method fitted on its way to VaR, and where that is not to be believed. */
export interface FitDetails {
  readonly figures: readonly Figure[];
  readonly notes: readonly string[];
}

const none: FitDetails = { figures: [], notes: [] };

/** The parameters behind the figures of a method; none where it fits nothing. */
export function fitDetails(
  returns: Float64Array,
  method: RiskMethodId,
  options: MethodOptions,
): FitDetails {
  if (method === 'student-t' || method === 'student-t-moments') {
    return studentTDetails(returns, method);
  }
  if (method === 'cornish-fisher') return cornishFisherDetails(returns);
  if (method === 'extreme-values') return extremeDetails(returns, options);
  if (method === 'garch-filtered')
    return volatilityDetails(
      garchVolatilityFilter(returns, { asymmetric: options.asymmetric ?? false }),
    );
  if (method === 'ewma-filtered' || method === 'ewma-normal') {
    const { decay } = options;
    return volatilityDetails(ewmaFilter(returns, decay === undefined ? {} : { decay }));
  }
  return none;
}

function studentTDetails(
  returns: Float64Array,
  method: 'student-t' | 'student-t-moments',
): FitDetails {
  const fit = method === 'student-t' ? fitStudentT(returns) : fitStudentTByMoments(returns);
  if (!fit.ok) return none;
  const { degreesOfFreedom, location, scale } = fit.value;
  const source =
    method === 'student-t'
      ? 'K. Lange, R. Little, J. Taylor, Robust statistical modeling using the t distribution, 1989'
      : 'McNeil, Frey, Embrechts, Quantitative Risk Management, 2015';
  return {
    figures: [
      {
        id: 'degrees-of-freedom',
        title: 'Degrees of freedom ν',
        value: degreesOfFreedom,
        unit: 'number',
        formula: 'r = m + s · t_ν',
        source,
      },
      {
        id: 'location',
        title: 'Location m',
        value: location,
        unit: 'fraction',
        formula: 'r = m + s · t_ν',
        source,
      },
      {
        id: 'scale',
        title: 'Scale s',
        value: scale,
        unit: 'fraction',
        formula: 'r = m + s · t_ν',
        source,
      },
    ],
    notes:
      degreesOfFreedom > 1000
        ? [
            'The tails are no thicker than normal, so that the Student-t method gives the normal figures.',
          ]
        : [],
  };
}

function cornishFisherDetails(returns: Float64Array): FitDetails {
  const found = cornishFisherTailOf(returns, 0.95);
  if (!found.ok || found.value.valid) return none;
  return {
    figures: [],
    notes: [
      'Skewness and kurtosis lie outside the domain in which the Cornish–Fisher expansion is a quantile function: its VaR need not rise with the level.',
    ],
  };
}

function extremeDetails(
  returns: Float64Array,
  { threshold = 0.95, tailFit = 'likelihood' }: MethodOptions,
): FitDetails {
  const fit = peaksOverThreshold(returns, { quantile: threshold, method: tailFit });
  if (!fit.ok) return none;
  const source = 'A. McNeil, R. Frey, Estimation of tail-related risk measures, 2000';
  const formula = 'P(L > u + y | L > u) = (1 + ξ y ÷ β)^(−1/ξ)';
  const { shape, scale, threshold: from, exceedances } = fit.value;
  return {
    figures: [
      { id: 'threshold', title: 'Threshold u', value: from, unit: 'fraction', formula, source },
      {
        id: 'exceedances',
        title: 'Losses beyond it',
        value: exceedances,
        unit: 'count',
        formula: 'N_u',
        source,
      },
      { id: 'shape', title: 'Shape ξ', value: shape, unit: 'number', formula, source },
      { id: 'tail-scale', title: 'Scale β', value: scale, unit: 'fraction', formula, source },
    ],
    notes:
      shape >= 0.5
        ? [
            `The fitted tail (ξ = ${shape.toFixed(2)}) has no variance: figures far out are very uncertain.`,
          ]
        : [],
  };
}

function volatilityDetails(filter: ReturnType<typeof ewmaFilter>): FitDetails {
  if (!filter.ok) return none;
  return {
    figures: [
      {
        id: 'next-volatility',
        title: 'Volatility forecast for the next period',
        value: filter.value.nextVolatility,
        unit: 'fraction',
        formula: 'σ_next of the filter',
        source: 'J. Hull, A. White, Incorporating volatility updating, 1998',
      },
    ],
    notes: [],
  };
}

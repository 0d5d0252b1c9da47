import { ok, present, type Result, seededRandom } from '@plimsoll/kernel';
import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import {
  type Allocation,
  type AllocationRequest,
  defineOptimiser,
} from '../../optimisation/define-optimiser.ts';
import { riskAversion } from '../../optimisation/parameters.ts';
import { allocateTerms } from '../../optimisation/problem/allocate-terms.ts';
import { termsAt } from '../../optimisation/problem/term.ts';
import { drawMoments, rootOf } from '../../optimisation/resampling/sample-moments.ts';

export default defineOptimiser({
  id: 'resampled',
  title: 'Resampled',
  summary:
    'The mean of the weights that would have been best had the past been another of the same kind.',
  formula: 'w = (1 ÷ B) Σ argmax μᵦᵀw − (δ ÷ 2) wᵀΣᵦw,   (μᵦ, Σᵦ) estimated from draws of N(μ, Σ)',
  source: 'Michaud, Efficient Asset Management, 1998',
  parameters: {
    riskAversion,
    samples: {
      kind: 'integer',
      title: 'Resamples',
      min: 1,
      max: 1000,
      default: 100,
    },
    samplePeriods: {
      kind: 'integer',
      title: 'Periods that the estimates rest on',
      help: 'As many as there are returns if left out, else 252. Fewer make weights more even.',
      min: 2,
      max: 20_000,
      optional: true,
    },
    seed: { kind: 'integer', title: 'Seed', min: 0, default: 1 },
  },
  needs: ['expectedReturns', 'covariance'],
  keeps: ['rows', 'turnover', 'gross', 'long', 'short'],
  reckons: ['linearCost', 'impactCost', 'spread'],
  allocate(request, { riskAversion: aversion, samples, samplePeriods, seed }) {
    const mean = present(request.expectedReturns, 'The expected returns');
    const covariance = present(request.covariance, 'The covariance');
    const periods = samplePeriods ?? Math.max(2, request.scenarios?.rows ?? 252);
    const root = rootOf(over(covariance, request.periodsPerYear));
    const perPeriod = mean.map((each) => each / request.periodsPerYear);
    const random = seededRandom(seed);
    const weights = new Float64Array(mean.length);
    let iterations = 0;
    for (let sample = 0; sample < samples; sample++) {
      const drawn = drawMoments(perPeriod, root, periods, random);
      const best = utility(request, aversion, {
        mean: drawn.mean.map((each) => each * request.periodsPerYear),
        covariance: over(drawn.covariance, 1 / request.periodsPerYear),
      });
      if (!best.ok) return best;
      best.value.weights.forEach((each, i) => {
        weights[i] += each / samples;
      });
      iterations += best.value.iterations;
    }
    const objective = -termsAt(termsOf(aversion, { mean, covariance }), weights, null);
    return ok({
      weights,
      objective,
      active: [],
      status: 'optimal',
      iterations,
      figures: [],
      notes: [
        `${samples} samples of ${periods} periods, seed ${seed}. The mean of optimal weights is within all limits but is itself the optimum of none of the samples.`,
      ],
    });
  },
});

interface Moments {
  readonly mean: Float64Array;
  readonly covariance: Matrix;
}

const termsOf = (aversion: number, { mean, covariance }: Moments) => [
  { kind: 'return' as const, vector: mean, scale: 1 },
  { kind: 'variance' as const, matrix: covariance, scale: aversion / 2 },
];

const utility = (
  request: AllocationRequest,
  aversion: number,
  moments: Moments,
): Result<Allocation> =>
  allocateTerms(
    { ...request, expectedReturns: moments.mean, covariance: moments.covariance },
    termsOf(aversion, moments),
    { maximised: true },
  );

const over = ({ rows, columns, data }: Matrix, divisor: number): Matrix =>
  matrix(
    rows,
    columns,
    data.map((each) => each / divisor),
  );

import { ok, present, type Result, refuse } from '@plimsoll/kernel';
import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import { strangerIn } from '../../analysis/weights-by-name.ts';
import { defineOptimiser } from '../../optimisation/define-optimiser.ts';
import { riskAversion } from '../../optimisation/parameters.ts';
import { allocateTerms } from '../../optimisation/problem/allocate-terms.ts';
import { everyPart } from '../../optimisation/problem/region.ts';
import type { Term } from '../../optimisation/problem/term.ts';

export default defineOptimiser({
  id: 'robust',
  title: 'Best in the worst case',
  summary:
    'The weights of the most utility where expected returns are as bad as their uncertainty allows.',
  formula: 'max μᵀw − κ √(wᵀΘw) − Σδ|w| − (a ÷ 2) wᵀΣw − costs − γ Σw²,   Θ = Σ ÷ T unless given',
  source:
    'Goldfarb and Iyengar, Robust Portfolio Selection Problems, 2003; Tütüncü and Koenig, Robust Asset Allocation, 2004',
  parameters: {
    riskAversion,
    uncertainty: {
      kind: 'number',
      title: 'Size of the ellipsoid of expected returns, κ',
      help: 'In standard errors of the mean: 1.5 covers a shortfall of one and a half of them.',
      min: 0,
      default: 1,
    },
    uncertaintyYears: {
      kind: 'number',
      title: 'Years of data that the means rest on, T',
      help: 'The ellipsoid is that of the standard errors of the means, Θ = Σ ÷ T, unless it is given.',
      above: 0,
      unit: 'years',
      default: 5,
    },
    uncertaintyMatrix: {
      kind: 'matrix',
      title: 'Shape of the ellipsoid of expected returns, Θ',
      optional: true,
    },
    uncertaintyWidths: {
      kind: 'by-name',
      title: 'Half width of the interval of each expected return, δ',
      optional: true,
    },
  },
  needs: ['expectedReturns', 'covariance'],
  keeps: everyPart,
  reckons: ['linearCost', 'impactCost', 'spread'],
  allocate(request, values) {
    const covariance = present(request.covariance, 'The covariance');
    const shape = shapeOf(values.uncertaintyMatrix, values.uncertaintyYears, covariance);
    if (!shape.ok) return shape;
    const { uncertaintyWidths: given } = values;
    const stranger = strangerIn(given, request.names);
    if (stranger !== undefined) {
      return refuse({
        code: 'optimisation.uncertainty',
        detail: `A width of uncertainty names ${stranger}, which is not among the instruments.`,
      });
    }
    const below = Object.entries(given ?? {}).find(([, width]) => !(width >= 0));
    if (below !== undefined) {
      return refuse({
        code: 'optimisation.uncertainty',
        detail: `The width of uncertainty of ${below[0]} is ${below[1]}; it must be 0 or more.`,
      });
    }
    const widths = Float64Array.from(request.names, (name) => given?.[name] ?? 0);
    const terms: Term[] = [
      {
        kind: 'return',
        vector: present(request.expectedReturns, 'The expected returns'),
        scale: 1,
      },
      { kind: 'variance', matrix: covariance, scale: values.riskAversion / 2 },
      ...(values.uncertainty > 0
        ? [{ kind: 'ellipsoid' as const, matrix: shape.value, scale: values.uncertainty }]
        : []),
      ...(widths.some((width) => width > 0) ? [{ kind: 'box' as const, widths, scale: 1 }] : []),
    ];
    return allocateTerms(request, terms, { maximised: true });
  },
});

function shapeOf(
  given: readonly (readonly number[])[] | undefined,
  years: number,
  covariance: Matrix,
): Result<Matrix> {
  const n = covariance.rows;
  if (given === undefined) {
    return ok(
      matrix(
        n,
        n,
        covariance.data.map((value) => value / years),
      ),
    );
  }
  if (given.length !== n || given.some((row) => row.length !== n)) {
    return refuse({
      code: 'optimisation.uncertainty',
      detail: `The shape of the uncertainty is ${given.length} × ${given[0]?.length ?? 0}; ${n} × ${n} is needed.`,
    });
  }
  return ok(matrix(n, n, Float64Array.from(given.flat())));
}

import { ok, type PanelInput, type Result, refuse } from '@plimsoll/kernel';
import { panelObservations } from '../../analysis/observations.ts';
import type { Sample } from '../../analysis/report.ts';
import {
  type CovarianceMethod,
  type CovarianceSettings,
  type EstimatedCovariance,
  estimateCovariance,
} from '../../covariance/estimate-covariance.ts';
import { gappedReturns } from '../../covariance/gapped-returns.ts';
import { pairwiseCovariance } from '../../covariance/pairwise.ts';

/** What is asked of the analysis. */
interface Asked extends Omit<CovarianceSettings, 'ddof'> {
  readonly prices: PanelInput;
  readonly method: CovarianceMethod;
  readonly ddof: number | undefined;
}

interface Had {
  readonly names: readonly string[];
  readonly sample: Sample;
  readonly found: EstimatedCovariance;
  readonly notes: readonly string[];
}

/** From the periods that all columns have. */
export function completeEstimate({ prices, method, ...asked }: Asked): Result<Had> {
  const observed = panelObservations(prices, 'prices');
  if (!observed.ok) return observed;
  const { names, days, start, returns: data, n, missing } = observed.value;
  const settings = {
    ...asked,
    ddof: asked.ddof === undefined ? undefined : asked.ddof === 0 ? 0 : 1,
  } as const;
  const found = estimateCovariance(
    { rows: n, columns: names.length, data },
    names,
    method,
    settings,
  );
  if (!found.ok) return found;
  const sample = { from: start ?? days[0] ?? null, to: days.at(-1) ?? null, n, missing };
  return ok({ names, sample, found: found.value, notes: [] });
}

/** Each pair from the periods that both have. */
export function pairwiseEstimate({ prices, method }: Asked): Result<Had> {
  if (method !== 'sample') {
    return refuse({
      code: 'covariance.pairwise',
      detail: `Pairs by their own periods go with the method sample only, not with ${method}.`,
    });
  }
  const gapped = gappedReturns(prices, 'prices');
  if (!gapped.ok) return gapped;
  const { names, returns, missing } = gapped.value;
  const { covariance, shared, fewest } = pairwiseCovariance(returns);
  const lacking = covariance.data.findIndex(Number.isNaN);
  if (names.length === 0 || lacking >= 0) {
    const pair = [Math.floor(lacking / names.length), lacking % names.length].map((i) => names[i]);
    return refuse({
      code: 'covariance.too-few',
      detail: `A covariance needs 2 periods that both have: ${pair.join(' and ')} share ${shared[lacking] ?? 0}.`,
    });
  }
  const days = prices.days ?? [];
  return ok({
    names,
    sample: { from: days[0] ?? null, to: days.at(-1) ?? null, n: returns.rows, missing },
    found: { covariance },
    notes: [`Each pair is from its own periods, ${fewest} at least.`],
  });
}

/** What is in force, one sentence each. */
export function conventionsOf(values: Asked & { readonly periodsPerYear: number }): string[] {
  return [
    'Simple returns, in the order of the panel.',
    `The covariance per period is multiplied by ${values.periodsPerYear} for a year.`,
    ...(values.method === 'exponential' ? [exponentialConvention(values)] : []),
  ];
}

function exponentialConvention({ convention, decay, span, halfLife }: Asked): string {
  const weight =
    span === undefined
      ? halfLife === undefined
        ? `λ = ${decay ?? 0.94}`
        : `a half-life of ${halfLife} periods`
      : `a span of ${span} periods`;
  return `Exponential weights by ${weight}, in the form of ${convention ?? 'riskmetrics'}.`;
}

import type { Strategy } from '../strategy/define-strategy.ts';
import { crossingManner, crossingParameters, crossingRule } from './crossing.ts';
import { signalStrategy } from './signal-strategy.ts';

interface AverageCross extends Pick<Strategy, 'id' | 'title' | 'summary' | 'source'> {
  /** Id of the indicator, which has a period. */
  readonly average: string;
  readonly fast: number;
  readonly slow: number;
}

/** Long while a fast average of the closes is above a slow one. */
export function averageCross({ average, fast, slow, ...words }: AverageCross): Strategy {
  const rowsOf = (params: { readonly fast: number; readonly slow: number }) => ({
    fast: { indicator: average, params: { period: params.fast } },
    slow: { indicator: average, params: { period: params.slow } },
  });
  return signalStrategy({
    ...words,
    group: 'trend',
    params: {
      fast: {
        kind: 'integer',
        title: 'Fast average',
        min: 1,
        max: 1000,
        unit: 'bars',
        default: fast,
      },
      slow: {
        kind: 'integer',
        title: 'Slow average',
        min: 2,
        max: 2000,
        unit: 'bars',
        default: slow,
      },
      ...crossingParameters,
    },
    check: (params) =>
      params.fast < params.slow
        ? null
        : `the fast average (${params.fast}) must be shorter than the slow one (${params.slow})`,
    warmUp: (params) => params.slow - 1,
    rows: (params) => Object.values(rowsOf(params)),
    rule: (params) => crossingRule(crossingManner(params)),
    crossing: (params) => ({ ...rowsOf(params), ...crossingManner(params) }),
  });
}

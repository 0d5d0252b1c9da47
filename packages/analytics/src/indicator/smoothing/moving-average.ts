import { RollingLine } from '../rolling/rolling-line.ts';
import { RollingMean } from '../rolling/rolling-mean.ts';
import { exponentialAverage, wilderAverage } from './exponential-average.ts';
import { exponentialWarmUp, wilderWarmUp } from './settling.ts';

/** Which average. */
export const averageKind = {
  kind: 'choice',
  title: 'Average',
  of: ['simple', 'exponential', 'wilder', 'weighted'],
  default: 'simple',
} as const;

type AverageKind = (typeof averageKind.of)[number];

/** An average fed value by value; NaN until there is one. */
export interface MovingAverage {
  next(x: number): number;
}

export function movingAverage(kind: AverageKind, n: number): MovingAverage {
  switch (kind) {
    case 'simple':
      return new RollingMean(n);
    case 'exponential':
      return exponentialAverage(n);
    case 'wilder':
      return wilderAverage(n);
    case 'weighted': {
      const line = new RollingLine(n);
      return {
        next: (x) => {
          line.next(x);
          return line.weighted;
        },
      };
    }
  }
}

export function movingAverageWarmUp(kind: AverageKind, n: number): number {
  if (kind === 'exponential') return exponentialWarmUp(n);
  return kind === 'wilder' ? wilderWarmUp(n) : n;
}

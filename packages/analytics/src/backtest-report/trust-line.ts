import type { Unit } from '../analysis/report.ts';

/** One question asked of a result before it is believed. */
export interface TrustLine {
  readonly id:
    | 'look-ahead'
    | 'model'
    | 'luck'
    | 'unseen'
    | 'overfitting'
    | 'costs'
    | 'capacity'
    | 'sample'
    | 'windows'
    | 'efficiency';
  readonly title: string;
  /** `unknown` where it could not be asked; `text` says why. */
  readonly verdict: 'pass' | 'warn' | 'fail' | 'unknown';
  readonly value: number | null;
  readonly unit: Unit;
  readonly text: string;
  readonly formula: string;
}

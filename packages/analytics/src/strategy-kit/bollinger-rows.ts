import type { ParameterTable, ValuesOf } from '@plimsoll/kernel';
import type { IndicatorRow } from '../strategy/define-strategy.ts';
import { barsParameter, shortParameter } from './sides-rule.ts';
import { closeRow } from './signal-strategy.ts';

/** What strategies on Bollinger bands ask for. */
export const bollingerParameters = {
  period: barsParameter('Bars of the average', 20),
  deviations: {
    kind: 'number',
    title: 'Standard deviations to the bands',
    above: 0,
    max: 10,
    default: 2,
  },
  short: shortParameter,
} as const satisfies ParameterTable;

/** Close, upper band, average and lower band. */
export const bollingerRows = ({
  period,
  deviations,
}: ValuesOf<typeof bollingerParameters>): readonly IndicatorRow[] => [
  closeRow,
  ...['upper', 'middle', 'lower'].map((output) => ({
    indicator: 'bollinger',
    params: { period, deviations },
    output,
  })),
];

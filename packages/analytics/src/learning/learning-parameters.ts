import { parameterTable } from '@plimsoll/kernel';

/** The penalty of elastic nets, by the default of its weight. */
export const penaltyParameters = <const D extends number>(weight: D) =>
  parameterTable({
    penalty: {
      kind: 'number',
      min: 0,
      max: 1e6,
      default: weight,
      title: 'Weight of the penalty',
      help: 'α, for features at deviation 1: the larger, the less is believed of the features.',
    },
    absoluteShare: {
      kind: 'number',
      min: 0,
      max: 1,
      default: 0.5,
      title: 'Absolute share of the penalty',
      help: 'ρ: 1 is the lasso, which drops features; 0 is ridge, which shrinks them.',
    },
  });

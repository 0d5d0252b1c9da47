import { defineMetric } from '../../statistics/metric.ts';

/** Expectancy: (win rate × average win + (1 − win rate) × average loss) ÷ −average loss. */
export default defineMetric({
  id: 'expectancy',
  title: 'Expectancy',
  section: 'winning',
  unit: 'ratio',
  better: 'higher',
  needs: { observations: 2 },
  formula: '(win rate × average win + (1 − win rate) × average loss) ÷ −average loss',
  source: 'V. K. Tharp, Trade your way to financial freedom, 1998',
  note: 'In units of the average loss.',
  value: (s) =>
    ((s.sides.gained - s.sides.lost) * s.sides.losses) /
    ((s.sides.gains + s.sides.losses) * s.sides.lost),
  otherwise: 'no return is negative',
});

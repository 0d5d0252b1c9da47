import { toleranceOf } from '../../case-facts.ts';
import type { GoldenCase } from '../../golden-case.ts';
import type { Outcome, Runner } from '../../runner.ts';
import { bondCase, dayCountCase } from './bond-cases.ts';
import { curveCase } from './curve-cases.ts';
import { foreignReturnCase, internalRateCase, timeValueCase } from './money-cases.ts';
import { europeanCase, exoticCase, impliedVolatilityCase, treeCase } from './option-cases.ts';

const cases: Readonly<Record<string, (golden: GoldenCase, tolerance: number) => Outcome>> = {
  option_bs: europeanCase,
  option_bs_edge: europeanCase,
  option_tree: treeCase,
  option_exotic: exoticCase,
  implied_vol: impliedVolatilityCase,
  bond: bondCase,
  day_count: dayCountCase,
  curve: curveCase,
  tvm: timeValueCase,
  irr: internalRateCase,
  fx: foreignReturnCase,
};

export const runners: readonly Runner[] = Object.entries(cases).map(([name, run]) => ({
  category: name,
  handles: ({ category }) => category === name,
  run: (golden) => run(golden, toleranceOf(golden)),
}));

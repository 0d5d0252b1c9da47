import { pairSpread, rangeVolatility } from '@plimsoll/analytics/forecasting';
import { expectedOf, inputOf, toleranceOf } from '../../case-facts.ts';
import { compare } from '../../compare.ts';
import type { GoldenCase } from '../../golden-case.ts';
import type { Outcome, Runner, Surroundings } from '../../runner.ts';
import { forecastRunner } from './forecast-runner.ts';
import { garchRunner } from './garch-runner.ts';
import { columnOf, rowsOf } from './series-of.ts';
import { testsRunner } from './tests-runner.ts';

/** Five yearly volatilities of the bars of a file. */
const volatilityRunner: Runner = {
  category: 'volatility',
  handles: ({ category }) => category === 'volatility',
  run: (golden: GoldenCase, surroundings: Surroundings): Outcome => {
    const input = inputOf(golden, surroundings);
    const rows = rowsOf(input, surroundings);
    const found = rangeVolatility(
      {
        open: columnOf(rows, 'Open'),
        high: columnOf(rows, 'High'),
        low: columnOf(rows, 'Low'),
        close: columnOf(rows, 'Close'),
      },
      Number(input['periods_per_year'] ?? 252),
    );
    const named = {
      parkinson: found.parkinson.value,
      garman_klass: found.garmanKlass.value,
      rogers_satchell: found.rogersSatchell.value,
      yang_zhang: found.yangZhang.value,
      close_close: found.closeToClose.value,
    };
    return compare(named, expectedOf(golden), toleranceOf(golden));
  },
};

/** The spread of the two columns that the case, or its id such as `coint.KO_PEP`, names. */
const pairsRunner: Runner = {
  category: 'pairs',
  handles: ({ category }) => category === 'pairs',
  run: (golden, surroundings) => {
    const input = inputOf(golden, surroundings);
    const rows = rowsOf(input, surroundings);
    const [, y = '', x = ''] = /\.(\w+)_(\w+)$/.exec(String(golden['id'])) ?? [];
    const first = columnOf(rows, String(input['y'] ?? y));
    const second = columnOf(rows, String(input['x'] ?? x));
    // Where the case says nothing, five lags: the convention that its stated value follows.
    const found = pairSpread(first, second, Number(input['lags'] ?? input['maxlag'] ?? 5));
    if (found.why !== undefined) throw new Error(found.why);
    const { reversion, test } = found;
    const named = {
      hedge_const: found.constant,
      hedge_beta: found.hedgeRatio,
      eg_stat: test.statistic,
      eg_p: test.p,
      resid_halflife: reversion.why === undefined ? reversion.halfLife : null,
      zscore_last: found.z.at(-1),
    };
    return compare(named, expectedOf(golden), toleranceOf(golden));
  },
};

export const runners: readonly Runner[] = [
  garchRunner,
  forecastRunner,
  volatilityRunner,
  pairsRunner,
  testsRunner,
];

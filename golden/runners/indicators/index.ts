import {
  type Indicator,
  indicatorById,
  readIndicatorParameters,
  runIndicator,
} from '@plimsoll/analytics/indicators';
import { expectedOf, type Facts, factsOf, granted, listOf, toleranceOf } from '../../case-facts.ts';
import { agrees, type Check } from '../../check.ts';
import type { GoldenCase } from '../../golden-case.ts';
import type { Outcome, Runner, Surroundings } from '../../runner.ts';
import { barsOf, unpacked } from './bars-of.ts';

/** Values wanted of an output, by the place of the bar. */
type Wanted = readonly (readonly [place: number, value: number])[];

/**
 * What a case expects of each output: `expected: { rsi: { "14": 62.05 } }` by the place of the bar, or a
 * file `results` of rows whose names `outputs` tells. Rows before `from` are left out, as are all but
 * every `every`-th counted back from the last; `late` says by how many bars the rows are drawn back in
 * time; `scale` is of their unit.
 */
function wantedOf(golden: GoldenCase, surroundings: Surroundings): ReadonlyMap<string, Wanted> {
  const file = golden['results'];
  if (typeof file !== 'string') {
    return new Map(
      Object.entries(expectedOf(golden)).map(([output, values]) => [
        output,
        Object.entries(factsOf(values)).map(([place, value]) => [Number(place), Number(value)]),
      ]),
    );
  }
  const rows = listOf(JSON.parse(unpacked(surroundings.data.path(file))));
  const outputs = Object.entries(factsOf(golden['outputs']));
  return new Map(
    outputs.map(([output, name]) => [output, wantedColumn(golden, rows, String(name))]),
  );
}

function wantedColumn(golden: GoldenCase, rows: readonly Facts[], name: string): Wanted {
  const late = Number(golden['late'] ?? 0);
  const from = Number(golden['from'] ?? 0);
  const every = Number(golden['every'] ?? 1);
  const scale = Number(golden['scale'] ?? 1);
  return rows.flatMap((row, i): Wanted => {
    const place = i + late;
    const value = row[name];
    const isLeftOut = i < from || place >= rows.length || (rows.length - 1 - i) % every !== 0;
    if (isLeftOut || value === null || value === undefined) return [];
    return [[place, Number(value) * scale]];
  });
}

/** One check of a column; it shows the first value that is wrong. */
function checkColumn(what: string, found: Float64Array, wanted: Wanted, tolerance: number): Check {
  const checks = wanted.map(([place, value]) =>
    agrees(`${what}[${place}]`, found[place], value, tolerance),
  );
  const wrong = checks.find(({ ok }) => !ok);
  const all = `${wanted.length} values`;
  return wrong ?? { what: `${what} (${all})`, ok: wanted.length > 0, found: all, wanted: all };
}

function known(golden: GoldenCase): Indicator {
  const indicator = indicatorById(String(golden['indicator']));
  if (!indicator) throw new Error(`no indicator ${golden['indicator']}`);
  return indicator;
}

/** An indicator over bars, value by value. */
const indicatorRunner: Runner = {
  category: 'indicator',
  handles: ({ category }) => category === 'indicator',
  run: (golden, surroundings): Outcome => {
    const indicator = known(golden);
    const params = granted(readIndicatorParameters(indicator, factsOf(golden['params'])));
    const columns = runIndicator(indicator, params, barsOf(golden, surroundings));
    const checks: Check[] = [];
    const listed: string[] = [];
    for (const [output, wanted] of wantedOf(golden, surroundings)) {
      const column = columns[indicator.outputs.indexOf(output)];
      if (column === undefined) listed.push(`${output}: not known to this runner`);
      else checks.push(checkColumn(output, column, wanted, toleranceOf(golden, 1e-10)));
    }
    return { checks, listed };
  },
};

export const runners: readonly Runner[] = [indicatorRunner];

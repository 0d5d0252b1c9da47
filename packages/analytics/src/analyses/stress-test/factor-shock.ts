import { ok, type PanelInput, type Result, refuse } from '@plimsoll/kernel';
import { dot, type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import { cell } from '../../analysis/cells.ts';
import { panelObservations } from '../../analysis/observations.ts';
import { strangerIn } from '../../analysis/weights-by-name.ts';
import type { Book } from '../../risk/book.ts';
import { type Section, section } from '../../risk/sections/section.ts';
import { jointBetas } from '../../risk/stress.ts';

/**
 * Shocks of factors carried to the holdings by their joint betas to just the shocked ones: factors
 * that are not shocked then move as they usually do with them.
 */
export function factorShock(
  book: Book,
  factors: PanelInput,
  shocks: Readonly<Record<string, number>>,
): Result<Section> {
  const shocked = Object.keys(shocks);
  const stranger = strangerIn(shocks, factors.names);
  if (stranger !== undefined || shocked.length === 0) {
    return refuse({
      code: 'risk.unknown-shock',
      detail:
        stranger === undefined
          ? `No factor is shocked; give a return for one at least of ${factors.names.join(', ')}.`
          : `${stranger} is shocked, but is none of the factors ${factors.names.join(', ')}.`,
    });
  }
  const common = commonDays(book, factors, shocked);
  if (!common.ok) return common;
  const betas = jointBetas(common.value.instruments, common.value.factors);
  if (!betas.ok) return betas;
  const k = shocked.length;
  const sizes = Float64Array.from(shocked, (name) => shocks[name] ?? 0);
  const returns = Float64Array.from(book.names, (_, i) =>
    dot(betas.value.data.subarray(i * k, (i + 1) * k), sizes),
  );
  const told = shocked.map((name) => `${name} ${((shocks[name] ?? 0) * 100).toFixed(1)} %`);
  return ok(
    section({
      figures: [
        {
          id: 'factor-shock',
          title: `Portfolio if ${told.join(', ')}`,
          value: cell(dot(book.weights, returns)),
          unit: 'fraction',
          formula: 'Σ w_i Σ_k β_ik s_k, β by joint least squares with an intercept',
          source: 'P. Kupiec, Stress testing in a value at risk framework, 1998',
        },
      ],
      tables: [
        {
          id: 'factor-shock',
          title: 'By joint betas to the shocked factors',
          columns: [
            { id: 'instrument', title: 'Instrument' },
            { id: 'weight', title: 'Weight', unit: 'fraction' },
            ...shocked.map((name) => ({
              id: `beta-${name}`,
              title: `Beta to ${name}`,
              unit: 'number' as const,
            })),
            { id: 'return', title: 'Return', unit: 'fraction' },
            { id: 'part', title: 'Part of the portfolio’s return', unit: 'fraction' },
          ],
          rows: book.names.map((name, i) => [
            name,
            book.weights[i],
            ...shocked.map((_, f) => cell(betas.value.data[i * k + f])),
            cell(returns[i]),
            cell(book.weights[i] * returns[i]),
          ]),
        },
      ],
    }),
  );
}

/** Returns of instruments and of the shocked factors on the days that both have. */
function commonDays(
  book: Book,
  factors: PanelInput,
  shocked: readonly string[],
): Result<{ readonly instruments: Matrix; readonly factors: Matrix }> {
  const all = panelObservations(factors, 'returns');
  if (!all.ok) return all;
  const { days, names, returns } = all.value;
  const rowOf = new Map(days.map((day, t) => [day, t]));
  const rows = book.days.flatMap((day, t) => {
    const row = rowOf.get(day);
    return row === undefined ? [] : [[t, row] as const];
  });
  if (rows.length < shocked.length + 2) {
    return refuse({
      code: 'risk.too-few',
      detail: `Instruments and factors have ${rows.length} days in common, too few for betas to ${shocked.length} factors; give days with both and more of them.`,
    });
  }
  const { columns, data } = book.instruments;
  const places = shocked.map((name) => names.indexOf(name));
  return ok({
    instruments: matrix(
      rows.length,
      columns,
      Float64Array.from(rows.flatMap(([t]) => [...data.subarray(t * columns, (t + 1) * columns)])),
    ),
    factors: matrix(
      rows.length,
      shocked.length,
      Float64Array.from(
        rows.flatMap(([, row]) => places.map((place) => returns[row * names.length + place])),
      ),
    ),
  });
}

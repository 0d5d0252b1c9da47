import { dayFromNumber } from '@plimsoll/kernel';
import { median } from '../robust-scale.ts';
import { mostSteps } from './level-steps.ts';
import { figure, isPrice, pricedRows, priceFields, type WorkingBars } from './working-bars.ts';

/** What prices may move beside a slip of the unit. */
const slack = Math.log(1.35);
/** Rows whose figures all lie within this factor of each other need no second look. */
const calm = 20;
/** Rows on each side whose closes tell the level. */
const neighbours = 2;

/**
 * Mends single figures of a row that are `parts` × too high or too low beside the other figures of
 * the row and the closes around it. A row that is off as a whole is left to what looks at rows; of
 * a price that is all over the place nothing can be told.
 */
export function repairFieldSlips(work: WorkingBars, parts: number): void {
  const rows = pricedRows(work.bars);
  const lively: number[] = [];
  for (let i = 0; i < rows.length; i++) if (!isCalm(work, rows, i)) lively.push(i);
  if (lively.length > mostSteps(rows.length)) return;
  for (const i of lively) {
    mendRow(work, rows, i, parts);
    mendAdjusted(work, rows, i, parts);
  }
}

/** Whether nothing in the row and its way from the row before is near a slip. */
function isCalm(work: WorkingBars, rows: Int32Array, i: number): boolean {
  const { bars } = work;
  const row = rows[i] as number;
  const close = bars.close[row] as number;
  const isNear = (value: number): boolean =>
    !isPrice(value) || (value < close * calm && value * calm > close);
  if (!priceFields.every((field) => isNear(bars[field][row] as number))) return false;
  const before = rows[i - 1] ?? rows[i + 1];
  if (before === undefined) return true;
  if (!isNear(bars.close[before] as number)) return false;
  const adjustment = factorAt(work, row) / factorAt(work, before);
  return !isPrice(adjustment) || (adjustment < calm && adjustment * calm > 1);
}

const factorAt = ({ bars }: WorkingBars, row: number): number =>
  (bars.adjustedClose[row] as number) / (bars.close[row] as number);

function levelAround({ bars }: WorkingBars, rows: Int32Array, i: number): number {
  const row = rows[i] as number;
  const known: number[] = [];
  for (let j = Math.max(0, i - neighbours); j <= Math.min(rows.length - 1, i + neighbours); j++) {
    if (j !== i) known.push(bars.close[rows[j] as number] as number);
  }
  for (const field of priceFields) {
    const value = bars[field][row] as number;
    if (isPrice(value)) known.push(value);
  }
  return median(known);
}

/** +1 where the value is too high by the unit, −1 where too low, 0 where neither. */
function slipOf(value: number, level: number, parts: number): number {
  if (!isPrice(value)) return 0;
  const distance = Math.log(value / level);
  if (Math.abs(Math.abs(distance) - Math.log(parts)) > slack) return 0;
  return Math.sign(distance);
}

function mendRow(work: WorkingBars, rows: Int32Array, i: number, parts: number): void {
  const { bars } = work;
  const row = rows[i] as number;
  const level = levelAround(work, rows, i);
  const slips = priceFields.map((field) => slipOf(bars[field][row] as number, level, parts));
  const known = priceFields.filter((field) => isPrice(bars[field][row] as number));
  const slipped = priceFields.filter((_, f) => slips[f] !== 0);
  if (slipped.length === 0 || slipped.length === known.length) return;
  const asGiven = priceFields.map((field) => bars[field][row] as number);
  for (const [f, field] of priceFields.entries()) {
    const slip = slips[f] as number;
    if (slip !== 0) bars[field][row] = (asGiven[f] as number) * (slip > 0 ? 1 / parts : parts);
  }
  if (slipped.includes('high')) bars.high[row] = extreme(work, row, 1);
  if (slipped.includes('low')) bars.low[row] = extreme(work, row, -1);
  for (const [f, field] of priceFields.entries()) {
    const slip = slips[f] as number;
    if (slip === 0) continue;
    const before = asGiven[f] as number;
    const after = bars[field][row] as number;
    const day = bars.days[row] as number;
    work.repairs.push({
      code: 'unit-slip-100x',
      day,
      from: day,
      until: day + 1,
      rows: 1,
      fields: [field],
      before,
      after,
      factor: Number.NaN,
      why: `The ${field} of ${dayFromNumber(day)}, ${figure(before)}, is ${parts} times ${slip > 0 ? 'more' : 'less'} than the rest of the row and the closes around it, ${figure(level)}.`,
      certainty: Number.POSITIVE_INFINITY,
    });
  }
}

/** A high is at least open and close, a low at most: what a mended range must not contradict. */
function extreme({ bars }: WorkingBars, row: number, side: 1 | -1): number {
  const edge = side === 1 ? bars.high : bars.low;
  const known = [edge[row], bars.open[row], bars.close[row]].map(Number).filter(isPrice);
  return side === 1 ? Math.max(...known) : Math.min(...known);
}

/** The adjusted close slips where adjusted ÷ close differs by the unit from both sides. */
function mendAdjusted(work: WorkingBars, rows: Int32Array, i: number, parts: number): void {
  const { bars } = work;
  const row = rows[i] as number;
  const around = [rows[i - 1], rows[i + 1]].flatMap((other) =>
    other === undefined ? [] : [factorAt(work, other)],
  );
  const slips = around.map((other) => slipOf(factorAt(work, row), other, parts));
  const [slip] = slips;
  if (slip === undefined || slip === 0 || slips.some((other) => other !== slip)) return;
  const before = bars.adjustedClose[row] as number;
  const factor = slip > 0 ? 1 / parts : parts;
  bars.adjustedClose[row] = before * factor;
  const day = bars.days[row] as number;
  work.repairs.push({
    code: 'unit-slip-100x',
    day,
    from: day,
    until: day + 1,
    rows: 1,
    fields: ['adjustedClose'],
    before,
    after: before * factor,
    factor,
    why: `The adjusted close of ${dayFromNumber(day)}, ${figure(before)}, is ${parts} times ${slip > 0 ? 'more' : 'less'} beside its close than on the days around it.`,
    certainty: Number.POSITIVE_INFINITY,
  });
}

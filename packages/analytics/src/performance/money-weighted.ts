/** A dated cash flow from the investor's side: paid in is negative, got back positive. */
export interface CashFlowAt {
  /** Calendar days since the first flow. */
  readonly day: number;
  readonly amount: number;
}

export type MoneyWeighted =
  | { readonly ok: true; readonly rate: number; readonly roots: number }
  | { readonly ok: false; readonly reason: string };

const steps = 480;
const widest = 60;

/**
 * Money-weighted yearly return: the rate ρ with Σ CF_i × (1 + ρ)^(−d_i ÷ 365) = 0.
 *
 * Searched in y = ln(1 + ρ) × T ÷ 365 over the whole span T, from e⁻⁶⁰ to e⁶⁰ growth, for every
 * sign change, and every dip towards zero that may hide two, each refined by bisection to the last
 * bit. Of several roots the one nearest to
 * `guess` is taken and their number told.
 *
 * @param flows Amounts in one currency, final worth included as a positive flow.
 * @param guess A yearly rate to prefer, such as the Modified Dietz return annualised.
 * @returns the rate, a fraction a year, or why there is none.
 *
 * Cost: about 480 × flows exponentials. Source: Excel's XIRR convention, actual/365.
 */
export function moneyWeightedReturn(flows: readonly CashFlowAt[], guess: number): MoneyWeighted {
  const used = flows.filter((flow) => flow.amount !== 0);
  const span = used.reduce((last, flow) => Math.max(last, flow.day), 0);
  if (!used.some((flow) => flow.amount > 0) || !used.some((flow) => flow.amount < 0)) {
    return {
      ok: false,
      reason:
        'The flows never change sign: nothing was paid in, or nothing is left and nothing came back.',
    };
  }
  if (span <= 0)
    return { ok: false, reason: 'All flows fall on one day, so there is no time to measure over.' };
  const worth = presentWorth(used, span);
  const roots = findRoots(worth).map((y) => Math.expm1((y * 365) / span));
  const finite = roots.filter((rate) => Number.isFinite(rate));
  const rate = nearest(finite, guess);
  if (rate === null) {
    const reason =
      roots.length > 0
        ? `The yearly rate is too large to state: so much was gained within ${span} days.`
        : 'No rate makes the flows balance.';
    return { ok: false, reason };
  }
  return { ok: true, rate, roots: finite.length };
}

/** Σ CF × e^(−y × d ÷ T), scaled so that neither end overflows. */
function presentWorth(flows: readonly CashFlowAt[], span: number): (y: number) => number {
  const days = Float64Array.from(flows, (flow) => flow.day / span);
  const amounts = Float64Array.from(flows, (flow) => flow.amount);
  return (y) => {
    const shift = y < 0 ? 1 : 0;
    let sum = 0;
    for (let i = 0; i < days.length; i++) {
      sum += (amounts[i] ?? 0) * Math.exp(y * (shift - (days[i] ?? 0)));
    }
    return sum;
  };
}

function findRoots(worth: (y: number) => number): number[] {
  const roots: number[] = [];
  const at = Float64Array.from({ length: steps + 1 }, (_, i) => -widest + (i * 2 * widest) / steps);
  const found = at.map(worth);
  for (let i = 1; i <= steps; i++) {
    const [y0 = 0, y1 = 0, y2 = y1] = at.subarray(i - 1, i + 2);
    const [f0 = 0, f1 = 0, f2 = f1] = found.subarray(i - 1, i + 2);
    if (f1 === 0) roots.push(y1);
    else if (f0 !== 0 && f0 < 0 !== f1 < 0) roots.push(bisect(worth, y0, y1));
    else if (dips(f0, f1, f2)) roots.push(...rootsOfDip(worth, y0, y2, f1 < 0));
  }
  return roots;
}

/** Three values of one sign, the middle one nearest to zero: two roots may hide between them. */
const dips = (left: number, middle: number, right: number): boolean =>
  left < 0 === middle < 0 &&
  middle < 0 === right < 0 &&
  Math.abs(middle) <= Math.abs(left) &&
  Math.abs(middle) < Math.abs(right);

const golden = (Math.sqrt(5) - 1) / 2;

/** Walks to the lowest point of a dip by golden section; where it is across zero, both roots. */
function rootsOfDip(
  worth: (y: number) => number,
  from: number,
  to: number,
  negative: boolean,
): number[] {
  const height = (y: number): number => (negative ? -worth(y) : worth(y));
  let low = from;
  let high = to;
  for (let i = 0; i < 80 && high - low > 1e-12; i++) {
    const left = high - golden * (high - low);
    const right = low + golden * (high - low);
    const [atLeft, atRight] = [height(left), height(right)];
    if (atLeft < 0 || atRight < 0) {
      const across = atLeft < 0 ? left : right;
      return [bisect(worth, from, across), bisect(worth, across, to)];
    }
    if (atLeft < atRight) high = right;
    else low = left;
  }
  return [];
}

function bisect(worth: (y: number) => number, from: number, to: number): number {
  let low = from;
  let high = to;
  const lowNegative = worth(low) < 0;
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (worth(middle) < 0 === lowNegative) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function nearest(rates: readonly number[], guess: number): number | null {
  let best: number | null = null;
  for (const rate of rates) {
    if (best === null || Math.abs(rate - guess) < Math.abs(best - guess)) best = rate;
  }
  return best;
}

/**
 * Modified Dietz return of the whole period: gain ÷ (V₀ + Σ wᵢ Fᵢ), with inflows weighted from the
 * start of their day and outflows from its end: w = (T − k) ÷ T and (T − k − 1) ÷ T for day k.
 *
 * @returns a fraction of the period, not annualised; null where the average capital is ≤ 0.
 * Source: Dietz, Pension Funds: Measuring Investment Performance (1966).
 */
export function modifiedDietz(
  gain: number,
  startValue: number,
  inflow: Float64Array,
  outflow: Float64Array,
): number | null {
  const days = inflow.length;
  let capital = startValue;
  for (let k = 0; k < days; k++) {
    capital += ((inflow[k] ?? 0) * (days - k) - (outflow[k] ?? 0) * (days - k - 1)) / days;
  }
  return capital > 0 ? gain / capital : null;
}

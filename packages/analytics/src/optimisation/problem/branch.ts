import { ok, type Result } from '@plimsoll/kernel';
import type { ActiveConstraint } from '../define-optimiser.ts';
import type { Region } from './region.ts';
import { whyNoNames } from './why-no-names.ts';

/** The best weights of a region without regard to how many or how small they are. */
export interface Relaxed {
  readonly weights: Float64Array;
  /** What is minimised, exact for these weights and no more than for any others of the region. */
  readonly value: number;
  readonly active: readonly ActiveConstraint[];
  readonly iterations: number;
}

export interface Branched<T extends Relaxed> {
  readonly best: T;
  readonly status: 'optimal' | 'limit';
  /** Regions that were solved. */
  readonly nodes: number;
  /** The least that the value could still be; that of the best where it is proven. */
  readonly bound: number;
}

/** What is decided of each name: open, held long, held short, or not held. */
type Decision = 0 | 1 | -1 | 2;

const mostNodes = 5_000;
const mostExchanges = 1_000;
const dust = 1e-9;

/**
 * Minimises where at most `maxNames` weights may differ from 0 and each that does is at least
 * `minWeight` from it: exact branch and bound over which names are held, long before short before not
 * at all, the largest open weight first. A branch is left when even its relaxation is not better than
 * the best found. After 5,000 relaxations the best so far is given with what is left to prove.
 *
 * **Source:** Bienstock, Computational study of a family of mixed-integer quadratic programming
 * problems, 1996; Land and Doig, 1960.
 *
 * @param relax Solves a region with tighter bounds; refusals mean that there is nothing in it.
 */
export function branch<T extends Relaxed>(
  region: Region,
  relax: (region: Region) => Result<T>,
): Result<Branched<T>> {
  const n = region.names.length;
  const limit = region.maxNames ?? n;
  const least = region.minWeight ?? 0;
  const start: Decision[] = new Array<Decision>(n).fill(0);
  const root = relax(region);
  if (!root.ok) return root;
  let best: T | null = null;
  let nodes = 1;
  let bound = root.value.value;
  const consider = (found: T): void => {
    if (best === null || found.value < best.value) best = found;
  };
  const worse = (value: number): boolean =>
    best !== null && value >= best.value - 1e-12 * Math.max(1e-12, Math.abs(best.value));
  const guess = bySmallestFirst(region, root.value, relax);
  if (guess) consider(byExchange(region, guess, relax));
  const open: { readonly decisions: Decision[]; readonly found: T }[] = [
    { decisions: start, found: root.value },
  ];
  while (open.length > 0) {
    const node = open.pop();
    if (!node || worse(node.found.value)) continue;
    if (isWhole(node.found.weights, limit, least)) {
      consider(node.found);
      continue;
    }
    if (nodes >= mostNodes) {
      bound = Math.min(node.found.value, ...open.map(({ found }) => found.value));
      break;
    }
    // The last pushed is tried first: held as the relaxation has it, then the other way, then not.
    const name = nextName(node.decisions, node.found.weights, least);
    for (const choice of choicesFor(node.found.weights[name], region, name)) {
      const decisions = settled(node.decisions, name, choice, limit);
      if (!decisions) continue;
      nodes += 1;
      const found = relax(decided(region, decisions, least));
      if (found.ok && !worse(found.value.value)) open.push({ decisions, found: found.value });
    }
  }
  const winner = best as T | null;
  if (winner === null) {
    return whyNoNames(region);
  }
  const proven = nodes < mostNodes;
  return ok({
    best: winner,
    status: proven ? 'optimal' : 'limit',
    nodes,
    bound: proven ? winner.value : Math.min(bound, winner.value),
  });
}

const isWhole = (weights: Float64Array, limit: number, least: number): boolean => {
  let held = 0;
  for (const weight of weights) {
    const size = Math.abs(weight);
    if (size <= dust) continue;
    held += 1;
    if (size < least - dust) return false;
  }
  return held <= limit;
};

/** Weights that are allowed, by letting go of the smallest ones again and again; null where that fails. */
function bySmallestFirst<T extends Relaxed>(
  region: Region,
  root: T,
  relax: (region: Region) => Result<T>,
): T | null {
  const limit = region.maxNames ?? root.weights.length;
  const least = region.minWeight ?? 0;
  const decisions = Array.from(root.weights, (): Decision => 0);
  let found = root;
  while (!isWhole(found.weights, limit, least)) {
    const held = Array.from(found.weights.keys())
      .filter(
        (i) => Math.abs(found.weights[i]) > dust && region.lower[i] <= 0 && region.upper[i] >= 0,
      )
      .sort((a, b) => Math.abs(found.weights[a]) - Math.abs(found.weights[b]));
    if (held.length === 0) return null;
    const many = Math.max(1, Math.floor((held.length - limit) / 4));
    for (const i of held.slice(0, many)) decisions[i] = 2;
    const next = relax(decided(region, decisions, least));
    if (!next.ok) return null;
    found = next.value;
  }
  return found;
}

/** Exchanges held for other names, one at a time, while that is better: a start that leaves less to search. */
function byExchange<T extends Relaxed>(
  region: Region,
  start: T,
  relax: (region: Region) => Result<T>,
): T {
  const limit = region.maxNames ?? start.weights.length;
  const least = region.minWeight ?? 0;
  let best = start;
  let left = mostExchanges;
  for (let improved = true; improved && left > 0; ) {
    improved = false;
    const sizes = best.weights.map(Math.abs);
    const held = Array.from(sizes.keys()).filter((i) => sizes[i] > dust);
    const others = Array.from(sizes.keys()).filter((i) => sizes[i] <= dust);
    held.sort((a, b) => sizes[a] - sizes[b]);
    for (const out of held) {
      for (const into of others) {
        if (left <= 0) return best;
        left -= 1;
        const kept = new Set([...held.filter((i) => i !== out), into]);
        const decisions = Array.from(sizes, (_, i): Decision => (kept.has(i) ? 0 : 2));
        const found = relax(decided(region, decisions, least));
        if (!found.ok || !isWhole(found.value.weights, limit, least)) continue;
        if (found.value.value >= best.value - 1e-12 * Math.abs(best.value)) continue;
        best = found.value;
        improved = true;
        break;
      }
      if (improved) break;
    }
  }
  return best;
}

/** The open name whose weight is largest, of those that are too small first. */
function nextName(decisions: readonly Decision[], weights: Float64Array, least: number): number {
  let best = -1;
  let most = -1;
  decisions.forEach((decision, i) => {
    if (decision !== 0) return;
    const size = Math.abs(weights[i]);
    const urgency = size > dust && size < least - dust ? 1 + size : size;
    if (urgency > most) {
      most = urgency;
      best = i;
    }
  });
  return best;
}

function choicesFor(weight: number, { lower, upper }: Region, name: number): Decision[] {
  const may = [
    ...(lower[name] <= 0 && upper[name] >= 0 ? [2 as const] : []),
    ...(lower[name] < 0 ? [-1 as const] : []),
    ...(upper[name] > 0 ? [1 as const] : []),
  ];
  return weight < 0 ? may.sort((a, b) => (a === 2 ? -1 : b === 2 ? 1 : b - a)) : may;
}

/** With one more decided, and all others out once as many are held as may be; null where too many are. */
function settled(
  before: readonly Decision[],
  name: number,
  choice: Decision,
  limit: number,
): Decision[] | null {
  if (name < 0) return null;
  const decisions = [...before];
  decisions[name] = choice;
  const held = decisions.filter((each) => each === 1 || each === -1).length;
  if (held > limit) return null;
  return held === limit ? decisions.map((each) => (each === 0 ? 2 : each)) : decisions;
}

function decided(region: Region, decisions: readonly Decision[], least: number): Region {
  const lower = region.lower.slice();
  const upper = region.upper.slice();
  decisions.forEach((decision, i) => {
    if (decision === 1) lower[i] = Math.max(lower[i], least);
    if (decision === -1) upper[i] = Math.min(upper[i], -least);
    if (decision === 2) {
      lower[i] = Math.max(lower[i], 0);
      upper[i] = Math.min(upper[i], 0);
    }
  });
  return { ...region, lower, upper };
}

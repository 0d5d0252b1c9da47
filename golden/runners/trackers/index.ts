import type { Check } from '../../check.ts';
import { type GoldenCase, isRecord } from '../../golden-case.ts';
import type { Outcome, Runner } from '../../runner.ts';
import type { FigureCheck } from './figure.ts';
import { gainFigureChecks } from './gain-figures.ts';
import { holdingFigureChecks } from './holding-figures.ts';
import { lotStepChecks } from './lot-steps.ts';
import { returnFigureChecks } from './return-figures.ts';
import { roaiOutcome } from './roai-figures.ts';
import { TrackerCase } from './tracker-case.ts';

/** Members of `expected` that explain a figure and are none. */
const remarks =
  /^(tolerance|irr_tolerance|formula|why|warning|returns_used|also_from|note.*|total_cost.*_note|on_.+)$/;

/** Figures that need the whole series of closes, which cases with data of their own do not bring. */
const needsCloses =
  /^(ttwror|ttwror_annualized|max_drawdown|max_drawdown_days|(semi_)?volatility)$/;

const plainChecks = [
  ...gainFigureChecks,
  ...returnFigureChecks,
  ...holdingFigureChecks,
  ...lotStepChecks,
];

/** A record of holdings alone has figures of its own under the names of returns. */
const holdingsOnlyChecks = [...holdingFigureChecks, ...gainFigureChecks];

function checkFigures(tracker: TrackerCase): Outcome {
  const checks: Check[] = [];
  const listed: string[] = [];
  const known = tracker.golden['daily_valuations'] === undefined ? plainChecks : holdingsOnlyChecks;
  for (const [name, wanted] of Object.entries(tracker.expected)) {
    if (remarks.test(name)) continue;
    const why = whyListed(tracker, name);
    if (why !== null) {
      listed.push(`${name} ${text(wanted)}, ${why}`);
      continue;
    }
    const found = check(known, tracker, name, wanted);
    if (found === null) listed.push(`${name} ${text(wanted)}, no check of that name`);
    else checks.push(...found);
  }
  return { checks, listed };
}

function check(
  known: readonly (readonly [RegExp, FigureCheck])[],
  tracker: TrackerCase,
  name: string,
  wanted: unknown,
): readonly Check[] | null {
  for (const [pattern, figure] of known) {
    const match = pattern.exec(name);
    if (match) return figure(tracker, wanted, match);
  }
  return null;
}

function whyListed(tracker: TrackerCase, name: string): string | null {
  const { golden } = tracker;
  if (golden['verdict'] === 'convention' && (needsCloses.test(name) || name === 'irr')) {
    return "the other tool's convention";
  }
  if (golden['source_data'] !== undefined && needsCloses.test(name)) {
    return 'needs closes that the case does not bring';
  }
  return null;
}

const text = (value: unknown): string => JSON.stringify(value) ?? String(value);

/** What the other tool says, beside the truth that was checked. */
function wrongFigures(golden: GoldenCase): string[] {
  return Object.entries(golden)
    .filter(([name]) => name.startsWith('actual_'))
    .map(([name, figure]) => `${name.slice(7)} says ${text(figure)}`);
}

/** Variants of a case: the last sale smaller, one more purchase. */
function variantChecks(tracker: TrackerCase): Check[] {
  return Object.entries(tracker.golden).flatMap(([name, variant]) => {
    if (!isRecord(variant)) return [];
    const activities = varied(tracker, name);
    if (activities === null) return [];
    const changed = new TrackerCase({ ...tracker.golden, activities, expected: variant });
    return checkFigures(changed).checks.map((each) => ({
      ...each,
      what: `${each.what} (variant)`,
    }));
  });
}

function varied(tracker: TrackerCase, name: string) {
  const { activities } = tracker;
  const smaller = /^variant_last_sell_([\d.]+)_instead/.exec(name);
  if (smaller) {
    return activities.map((activity, i) =>
      i === activities.length - 1 ? { ...activity, quantity: Number(smaller[1]) } : activity,
    );
  }
  const bought = /^then_buy_([\d.]+)_at_([\d.]+)_on_(.+)$/.exec(name);
  if (!bought) return null;
  const [, quantity, unitPrice, date] = bought;
  const first = activities[0] ?? {};
  return [
    ...activities,
    { ...first, type: 'BUY', date, quantity: Number(quantity), unitPrice: Number(unitPrice) },
  ];
}

/** Portfolio accounting and returns, as four trackers' own tests state them. */
const trackersRunner: Runner = {
  category: 'trackers',
  handles: (golden) =>
    golden['category'] === undefined &&
    isRecord(golden['expected']) &&
    ['truth', 'convention', 'error'].includes(String(golden['verdict'])),
  run: (golden) => {
    const tracker = new TrackerCase(golden);
    const plain =
      tracker.isRoai && golden['verdict'] === 'convention'
        ? roaiOutcome(tracker)
        : checkFigures(tracker);
    return {
      checks: [...plain.checks, ...variantChecks(tracker)],
      listed: [...plain.listed, ...wrongFigures(golden)],
    };
  },
};

export const runners: readonly Runner[] = [trackersRunner];

import { ok, type Result, refuse } from '@plimsoll/kernel';
import { matrix } from '@plimsoll/quant/linear-algebra';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { panelObservations } from '../../analysis/observations.ts';
import { sampleOf } from '../../analysis/sample-of.ts';
import {
  poolScenarios,
  type ScenarioView,
} from '../../optimisation/entropy-pooling/scenario-views.ts';
import { pooledReport } from './report.ts';

const of = { kind: 'text', title: 'Instrument' } as const;
const value = { kind: 'number', title: 'Value', unit: 'a period' } as const;
const tail = {
  kind: 'number',
  above: 0,
  below: 1,
  default: 0.05,
  title: 'Tail probability',
} as const;

const viewKinds = {
  mean: {
    of,
    less: { kind: 'text', title: 'Less instrument', optional: true },
    sense: {
      kind: 'choice',
      of: ['equal', 'at-least', 'at-most'],
      default: 'equal',
      title: 'Sense',
    },
    value,
  },
  volatility: { of, value: { ...value, above: 0 } },
  correlation: {
    of,
    with: { kind: 'text', title: 'With instrument' },
    value: { kind: 'number', min: -1, max: 1, title: 'Correlation' },
  },
  'value-at-risk': { of, tail, value },
  cvar: { of, tail, value },
} as const;

export default defineAnalysis({
  id: 'entropy-pooling',
  group: 'optimisation',
  title: 'Entropy pooling',
  summary:
    'How likely each past period would have to be for your views to hold, changing as little as possible.',
  input: {
    prices: { kind: 'panel', of: 'prices', title: 'Prices or returns' },
    views: {
      kind: 'list',
      title: 'Views',
      help: 'On means, orders (a mean less another at least 0), volatilities, correlations, VaR and CVaR, a period.',
      of: { kind: 'variant', title: 'View', of: viewKinds },
      optional: true,
    },
    halfLife: {
      kind: 'number',
      above: 0,
      unit: 'periods',
      title: 'Half-life of the prior',
      help: 'Older periods count less; all alike if left out.',
      optional: true,
    },
  },
  compute(values) {
    const panel = panelObservations(values.prices, 'prices');
    if (!panel.ok) return panel;
    const { names, days, returns, n } = panel.value;
    if (n < 2) {
      const detail = `There are ${n} returns; views need at least two periods to weigh.`;
      return refuse({ code: 'entropy-pooling.too-short', detail });
    }
    const views = viewsOf((values.views ?? []) as readonly StatedView[], names);
    if (!views.ok) return views;
    const prior = priorOf(n, values.halfLife);
    const scenarios = matrix(n, names.length, returns);
    const pooled = poolScenarios(scenarios, names, prior, views.value);
    if (!pooled.ok) return pooled;
    return ok(
      pooledReport({
        names,
        days,
        scenarios,
        prior,
        pooled: pooled.value,
        sample: sampleOf(panel.value),
      }),
    );
  },
});

interface StatedView {
  readonly kind: ScenarioView['kind'];
  readonly of: string;
  readonly less?: string | undefined;
  readonly with?: string;
  readonly sense?: 'equal' | 'at-least' | 'at-most';
  readonly tail?: number;
  readonly value: number;
}

const senses = { equal: '=', 'at-least': '≥', 'at-most': '≤' } as const;

function viewsOf(stated: readonly StatedView[], names: readonly string[]): Result<ScenarioView[]> {
  const views: ScenarioView[] = [];
  for (const view of stated) {
    const named = [view.of, view.less, view.with].filter((name) => name !== undefined);
    const strange = named.find((name) => !names.includes(name));
    if (strange !== undefined) {
      const detail = `A view is on ${strange}, which is not among ${names.join(', ')}.`;
      return refuse({ code: 'entropy-pooling.views', detail });
    }
    const place = names.indexOf(view.of);
    const { kind, tail: share = 0.05 } = view;
    if (kind === 'mean') {
      const less = view.less === undefined ? {} : { less: names.indexOf(view.less) };
      views.push({
        kind,
        of: place,
        ...less,
        sense: senses[view.sense ?? 'equal'],
        value: view.value,
      });
    } else if (kind === 'volatility') {
      views.push({ kind, of: place, value: view.value });
    } else if (kind === 'correlation') {
      views.push({ kind, of: place, with: names.indexOf(view.with ?? ''), value: view.value });
    } else {
      views.push({ kind, of: place, tail: share, value: view.value });
    }
  }
  return ok(views);
}

function priorOf(n: number, halfLife: number | undefined): Float64Array {
  const prior = new Float64Array(n).fill(1);
  if (halfLife !== undefined) {
    for (let t = 0; t < n; t++) prior[t] = 2 ** (-(n - 1 - t) / halfLife);
  }
  const total = prior.reduce((sum, each) => sum + each, 0);
  return prior.map((each) => each / total);
}

import { ok } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { bookOf } from '../../risk/book.ts';
import { monteCarloSection } from '../../risk/sections/monte-carlo-section.ts';
import { distinctLevels, whyNoRequest } from '../../risk/sections/tail-section.ts';
import { bookParameters } from '../../risk/tail-parameters.ts';

export default defineAnalysis({
  id: 'monte-carlo-risk',
  group: 'risk',
  title: 'Value at risk by simulation',
  summary:
    'VaR and CVaR from scenarios drawn of all holdings together, by a Gaussian or t copula with margins of your choice.',
  input: {
    prices: bookParameters.prices,
    weights: bookParameters.weights,
    copula: {
      kind: 'choice',
      of: ['gaussian', 'student-t'],
      default: 'student-t',
      title: 'How returns depend on one another',
      help: 'In a t copula extremes come together; in the Gaussian one they come alone.',
    },
    margins: {
      kind: 'choice',
      of: ['normal', 'student-t', 'historical'],
      default: 'student-t',
      title: 'What each is like on its own',
    },
    paths: { kind: 'integer', min: 1000, max: 5_000_000, default: 100_000, title: 'Scenarios' },
    seed: { kind: 'integer', min: 0, default: 1, title: 'Seed' },
    antithetic: { kind: 'flag', default: true, title: 'Draw in pairs of opposite shocks' },
    levels: { kind: 'numbers', default: [0.95, 0.99], title: 'Levels' },
    horizon: { kind: 'integer', min: 1, max: 252, default: 1, unit: 'periods', title: 'Horizon' },
  },
  compute(values) {
    const wrong = whyNoRequest(values.levels, [values.horizon]);
    if (wrong) return wrong;
    const book = bookOf(values.prices, values.weights);
    if (!book.ok) return book;
    const parts = monteCarloSection(book.value, {
      ...values,
      levels: distinctLevels(values.levels),
    });
    if (!parts.ok) return parts;
    return ok({
      title: 'Value at risk by simulation',
      sample: book.value.sample,
      conventions: [
        `${values.paths} scenarios over ${values.horizon === 1 ? 'one period' : `${values.horizon} periods, each independent of the last and holdings left alone`}; seed ${values.seed} gives the same bits again.`,
        'VaR and CVaR are positive losses as a share of value.',
      ],
      ...parts.value,
      notes: [...book.value.notes, ...parts.value.notes],
    });
  },
});

import { ok } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { bookOf } from '../../risk/book.ts';
import { componentsSection } from '../../risk/sections/components-section.ts';
import { whyNoRequest } from '../../risk/sections/tail-section.ts';
import { bookParameters } from '../../risk/tail-parameters.ts';

export default defineAnalysis({
  id: 'risk-components',
  group: 'risk',
  title: 'Parts of the risk',
  summary:
    'Which holdings make the risk: component, marginal and incremental volatility, VaR and CVaR, which add up, and how much is diversified away.',
  input: {
    ...bookParameters,
    level: { kind: 'number', min: 0.5, below: 1, default: 0.95, title: 'Level' },
    tailMean: {
      kind: 'choice',
      of: ['exact-share', 'at-or-beyond', 'beyond', 'floor-count'],
      default: 'exact-share',
      title: 'Days that CVaR averages',
    },
  },
  compute({ prices, weights, level, tailMean, periodsPerYear }) {
    const wrong = whyNoRequest([level], [1]);
    if (wrong) return wrong;
    const book = bookOf(prices, weights);
    if (!book.ok) return book;
    const parts = componentsSection(book.value, { level, periodsPerYear, options: { tailMean } });
    if (!parts.ok) return parts;
    return ok({
      title: 'Parts of the risk',
      sample: book.value.sample,
      conventions: [
        'Components are weight × marginal risk and sum to the whole (Euler).',
        'Incremental is the whole less what it would be with the holding turned into cash.',
        'Covariance is the sample’s (ddof = 1); VaR and CVaR are positive losses of one period.',
      ],
      ...parts.value,
      notes: [...book.value.notes, ...parts.value.notes],
    });
  },
});

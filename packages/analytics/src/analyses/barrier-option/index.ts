import { ok } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import { barrierOption } from '../../pricing/barrier-option.ts';
import { blackScholesPrice } from '../../pricing/black-scholes.ts';
import { optionConventions, optionTerms, volatilityTerm } from '../../pricing/option-parameters.ts';
import { termsReport } from '../../pricing/terms-report.ts';

export default defineAnalysis({
  id: 'barrier-option',
  group: 'pricing',
  title: 'Option with a barrier',
  summary: 'What a European option is worth that begins or ends when a price is touched.',
  input: {
    ...optionTerms,
    ...volatilityTerm,
    direction: {
      kind: 'choice',
      of: ['down', 'up'],
      default: 'down',
      title: 'Where the barrier lies',
    },
    knock: {
      kind: 'choice',
      of: ['out', 'in'],
      default: 'out',
      title: 'What touching it does',
      help: 'Ends the option (out) or begins it (in).',
    },
    barrier: { kind: 'number', above: 0, title: 'Barrier' },
    rebate: {
      kind: 'number',
      min: 0,
      default: 0,
      title: 'Rebate',
      help: 'Paid when the barrier ends the option, or at expiry where it never began.',
    },
  },
  compute({ type, ...terms }) {
    const option = { ...terms, kind: type };
    const price = barrierOption(option);
    const plain = blackScholesPrice(option);
    return ok(
      termsReport({
        title: `${option.direction}-and-${option.knock} ${type}`,
        conventions: [...optionConventions, 'The barrier is watched at every instant.'],
        figures: [
          figure('price', 'Price', price, {
            unit: 'money',
            formula: 'sums of the parts A … F, mirrored at the barrier by (H ÷ S)^(2μ)',
            source: 'Eric Reiner and Mark Rubinstein, Breaking down the barriers, 1991',
            why: 'with so negative a rate the rebate at the barrier has no closed form',
          }),
          figure('plain', 'The same without a barrier', plain, {
            unit: 'money',
            formula: 'in + out without rebates',
            source: 'Robert Merton, Theory of rational option pricing, 1973',
          }),
        ],
      }),
    );
  },
});

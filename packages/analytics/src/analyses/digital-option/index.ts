import { ok } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import { digitalOption } from '../../pricing/digital-option.ts';
import { optionConventions, optionTerms, volatilityTerm } from '../../pricing/option-parameters.ts';
import { termsReport } from '../../pricing/terms-report.ts';

const source = 'Mark Rubinstein and Eric Reiner, Unscrambling the binary code, 1991';

export default defineAnalysis({
  id: 'digital-option',
  group: 'pricing',
  title: 'Digital option',
  summary: 'What a fixed payment is worth that is due only where an option ends in the money.',
  input: {
    ...optionTerms,
    ...volatilityTerm,
    cash: { kind: 'number', above: 0, default: 1, title: 'Cash paid' },
  },
  compute({ type, cash, ...terms }) {
    const market = { ...terms, kind: type };
    return ok(
      termsReport({
        title: `Digital ${type}`,
        conventions: optionConventions,
        figures: [
          figure('cash', 'Pays cash', cash * digitalOption(market, 'cash'), {
            unit: 'money',
            formula: 'cash × e^(−rT) Φ(±d₂)',
            source,
          }),
          figure('asset', 'Pays the underlying', digitalOption(market, 'asset'), {
            unit: 'money',
            formula: 'S e^(−qT) Φ(±d₁)',
            source,
          }),
        ],
      }),
    );
  },
});

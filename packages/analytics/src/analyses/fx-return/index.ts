import { ok } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import { fxReturn } from '../../pricing/foreign-exchange.ts';
import { termsReport } from '../../pricing/terms-report.ts';

const source =
  'Denis Karnosky and Brian Singer, Global Asset Management and Performance Attribution, 1994';

export default defineAnalysis({
  id: 'fx-return',
  group: 'pricing',
  title: 'Return of a foreign holding',
  summary: 'What the market and what the currency added to a return.',
  input: {
    local: { kind: 'number', min: -1, title: 'Return in its own currency' },
    start: {
      kind: 'number',
      above: 0,
      title: 'Rate at the start',
      help: 'Units of the base currency for one of the local.',
    },
    end: { kind: 'number', above: 0, title: 'Rate at the end' },
  },
  compute({ local, start, end }) {
    const split = fxReturn(local, start, end);
    const fraction = { unit: 'fraction', source } as const;
    return ok(
      termsReport({
        title: 'Return of a foreign holding',
        figures: [
          figure('base', 'Return in the base currency', split.base, {
            ...fraction,
            formula: '(1 + local) × end ÷ start − 1',
          }),
          figure('local', 'Of the market', split.local, { ...fraction, formula: 'local' }),
          figure('fx', 'Of the currency', split.fx, { ...fraction, formula: 'end ÷ start − 1' }),
          figure('cross', 'Of both together', split.cross, { ...fraction, formula: 'local × fx' }),
        ],
      }),
    );
  },
});

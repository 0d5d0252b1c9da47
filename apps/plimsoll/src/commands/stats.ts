import { namedAnalysis } from '../cli/analysis/analysis-command.ts';

export const command = namedAnalysis({
  words: ['stats'],
  aliases: { rf: 'risk-free', periods: 'periods-per-year' },
  id: 'tear-sheet',
  summary: 'Every statistic of a price or return series, against a benchmark where there is one.',
  usage: [
    'stats FILE.csv [--benchmark FILE.csv] [--rf RATE] [--match TOOL] [--html report.html]',
    'stats --portfolio NAME [--from DATE] [--to DATE] [OPTIONS]',
  ],
});

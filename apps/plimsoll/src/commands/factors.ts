import { namedAnalysis } from '../cli/analysis/analysis-command.ts';

export const command = namedAnalysis({
  words: ['factors'],
  aliases: { rf: 'risk-free' },
  id: 'factor-model',
  summary: 'Which factors explain the returns, and how much of the risk.',
  usage: [
    'factors FILE.csv --factors FILE.csv [--html report.html]',
    'factors --portfolio NAME [--from DATE] [--to DATE] [OPTIONS]',
  ],
});

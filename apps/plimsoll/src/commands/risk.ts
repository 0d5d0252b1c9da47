import { namedAnalysis } from '../cli/analysis/analysis-command.ts';

export const command = namedAnalysis({
  words: ['risk'],
  aliases: { rf: 'risk-free' },
  id: 'risk-report',
  summary:
    'What a portfolio may lose: VaR and CVaR by every method, components, stress and backtests.',
  usage: [
    'risk FILE.csv [--weights NAME=N,…] [--html report.html]',
    'risk --portfolio NAME [--from DATE] [--to DATE] [OPTIONS]',
  ],
});

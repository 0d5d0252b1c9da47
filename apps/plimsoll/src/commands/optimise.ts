import { namedAnalysis } from '../cli/analysis/analysis-command.ts';

export const command = namedAnalysis({
  words: ['optimise'],
  aliases: { rf: 'risk-free' },
  id: 'optimise',
  summary: 'The best weights for an objective under constraints.',
  usage: [
    'optimise FILE.csv --objective NAME [--bounds LOW,HIGH] [--groups FILE] [--views FILE.json]',
    'optimise --portfolio NAME [--from DATE] [--to DATE] [OPTIONS]',
  ],
});

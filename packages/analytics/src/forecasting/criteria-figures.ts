import { figure } from '../analysis/figure.ts';
import type { Figure } from '../analysis/report.ts';

/** The criteria by which models of one series are chosen: of k parameters and log-likelihood ℓ. */
export const criteriaFigures = (fit: {
  readonly aic: number;
  readonly aicc: number | null;
  readonly bic: number;
}): Figure[] => [
  figure('aic', 'AIC', fit.aic, { formula: '2k − 2ℓ', source: 'Hirotugu Akaike, 1974' }),
  figure('aicc', 'AICc', fit.aicc, {
    formula: 'AIC + 2k(k + 1) ÷ (n − k − 1)',
    source: 'Clifford Hurvich and Chih-Ling Tsai, 1989',
    why: 'there are too few values for so many parameters',
  }),
  figure('bic', 'BIC', fit.bic, { formula: 'k ln n − 2ℓ', source: 'Gideon Schwarz, 1978' }),
];

import { ok } from '@plimsoll/kernel';
import { nearestPsd } from '@plimsoll/quant/linear-algebra';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { covarianceMethods, whyNotFinite } from '../../covariance/estimate-covariance.ts';
import { covarianceHealth } from '../../covariance/health.ts';
import { conventionsOf, estimateOf } from './estimates.ts';
import { covarianceReport } from './report-of.ts';

export default defineAnalysis({
  id: 'covariance',
  group: 'covariance',
  title: 'Covariance and correlation',
  summary:
    'How instruments move together, by the estimator of your choice, with what says whether the matrix may be inverted.',
  input: {
    prices: { kind: 'panel', of: 'prices', title: 'Prices or returns' },
    method: {
      kind: 'choice',
      of: [...covarianceMethods, 'factor-model'],
      default: 'sample',
      title: 'Estimator',
    },
    missing: {
      kind: 'choice',
      of: ['complete', 'pairwise'],
      default: 'complete',
      title: 'Where numbers are missing',
      help: 'Use only periods that all columns have, or each pair by the periods that both have (method sample only).',
    },
    repair: {
      kind: 'choice',
      of: ['none', 'nearest'],
      default: 'none',
      title: 'Where an eigenvalue is negative',
      help: 'Leave it and say so, or take the nearest positive semi-definite matrix.',
    },
    periodsPerYear: {
      kind: 'number',
      above: 0,
      default: 252,
      title: 'Periods a year',
      help: 'The covariance and deviations shown are those of a year.',
    },
    ddof: {
      kind: 'integer',
      min: 0,
      max: 1,
      optional: true,
      title: 'Degrees of freedom taken off',
    },
    decay: {
      kind: 'number',
      above: 0,
      below: 1,
      default: 0.94,
      title: 'λ of the exponential weights',
    },
    span: { kind: 'number', above: 1, optional: true, unit: 'periods', title: 'Span instead of λ' },
    halfLife: {
      kind: 'number',
      above: 0,
      optional: true,
      unit: 'periods',
      title: 'Half-life instead of λ',
    },
    convention: {
      kind: 'choice',
      of: ['riskmetrics', 'pandas', 'pyportfolioopt'],
      default: 'riskmetrics',
      title: 'Form of the exponential estimate',
    },
    gerberThreshold: {
      kind: 'number',
      min: 0,
      default: 0.5,
      unit: 'deviations',
      title: 'Gerber threshold',
    },
    gerberStatistic: {
      kind: 'choice',
      of: ['GS0', 'GS1', 'GS2'],
      default: 'GS1',
      title: 'Gerber statistic',
    },
    oasFormula: {
      kind: 'choice',
      of: ['chen', 'sklearn'],
      default: 'chen',
      title: 'Formula of OAS',
    },
    noise: {
      kind: 'choice',
      of: ['unit', 'fitted'],
      default: 'unit',
      title: 'Variance of the noise',
    },
    bandwidth: {
      kind: 'number',
      above: 0,
      default: 0.01,
      title: 'Kernel width of the fit of noise',
    },
    detone: { kind: 'integer', min: 0, default: 0, title: 'Largest components to take out' },
    threshold: {
      kind: 'number',
      default: 0,
      unit: 'a period',
      title: 'Threshold of the semi-covariance',
    },
    components: { kind: 'integer', min: 1, optional: true, title: 'Principal components to keep' },
    factors: {
      kind: 'panel',
      of: 'returns',
      optional: true,
      title: 'Factor returns',
      help: 'For the method factor-model: a column a factor, as fractions, on the days of the prices; a column RF is the risk-free return.',
    },
  },
  compute(values) {
    const had = estimateOf(values);
    if (!had.ok) return had;
    const { found, names, sample, notes, tables = [] } = had.value;
    const strange = whyNotFinite(found.covariance, names);
    if (strange) return strange;
    const health = covarianceHealth(found.covariance);
    const isRepaired = !health.isPsd && values.repair === 'nearest';
    const covariance = isRepaired ? nearestPsd(found.covariance) : found.covariance;
    return ok(
      covarianceReport({
        names,
        sample,
        found: { ...found, covariance },
        health: isRepaired ? covarianceHealth(covariance) : health,
        periodsPerYear: values.periodsPerYear,
        conventions: conventionsOf(values),
        tables,
        notes: isRepaired
          ? [...notes, 'The nearest positive semi-definite matrix is shown.']
          : notes,
      }),
    );
  },
});

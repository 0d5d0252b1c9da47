export {
  type FactorAttribution,
  type FactorFit,
  factorAttribution,
} from './factor-attribution.ts';
export {
  type FactorRegression,
  type FactorReturns,
  factorRegression,
  whyCollinear,
} from './factor-regression.ts';
export { type FactorRisk, factorRisk, mimickingPortfolios } from './factor-risk.ts';
export { type FamaMacBeth, famaMacBeth } from './fama-macbeth.ts';
export {
  absorptionRatio,
  componentReturns,
  type PrincipalComponents,
  principalComponents,
} from './principal-components.ts';
export { type Style, styleAnalysis } from './style-analysis.ts';

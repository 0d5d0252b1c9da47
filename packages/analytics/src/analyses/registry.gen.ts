// Written by `npm run gen` from the folders of this package. Do not edit.
import americanOptionEntry from './american-option/index.ts';
import arimaEntry from './arima/index.ts';
import autocorrelationEntry from './autocorrelation/index.ts';
import barrierOptionEntry from './barrier-option/index.ts';
import blackLittermanEntry from './black-litterman/index.ts';
import bondEntry from './bond/index.ts';
import bootstrapEntry from './bootstrap/index.ts';
import brinsonEntry from './brinson/index.ts';
import calendarReturnsEntry from './calendar-returns/index.ts';
import cointegrationEntry from './cointegration/index.ts';
import contributionEntry from './contribution/index.ts';
import correlationBreakdownEntry from './correlation-breakdown/index.ts';
import covarianceEntry from './covariance/index.ts';
import currencyAttributionEntry from './currency-attribution/index.ts';
import dayCountEntry from './day-count/index.ts';
import digitalOptionEntry from './digital-option/index.ts';
import discreteAllocationEntry from './discrete-allocation/index.ts';
import drawdownsEntry from './drawdowns/index.ts';
import efficientFrontierEntry from './efficient-frontier/index.ts';
import entropyPoolingEntry from './entropy-pooling/index.ts';
import ewmaVolatilityEntry from './ewma-volatility/index.ts';
import expectedReturnsEntry from './expected-returns/index.ts';
import exponentialSmoothingEntry from './exponential-smoothing/index.ts';
import extremeValuesEntry from './extreme-values/index.ts';
import factorAttributionEntry from './factor-attribution/index.ts';
import factorModelEntry from './factor-model/index.ts';
import factorRiskEntry from './factor-risk/index.ts';
import famaMacbethEntry from './fama-macbeth/index.ts';
import fractionalDifferenceEntry from './fractional-difference/index.ts';
import fxForwardEntry from './fx-forward/index.ts';
import fxReturnEntry from './fx-return/index.ts';
import garchEntry from './garch/index.ts';
import hurstEntry from './hurst/index.ts';
import impliedVolatilityEntry from './implied-volatility/index.ts';
import internalRateEntry from './internal-rate/index.ts';
import linkedAttributionEntry from './linked-attribution/index.ts';
import localLevelEntry from './local-level/index.ts';
import logisticRegressionEntry from './logistic-regression/index.ts';
import metricsEntry from './metrics/index.ts';
import monteCarloRiskEntry from './monte-carlo-risk/index.ts';
import nearestMatrixEntry from './nearest-matrix/index.ts';
import nelsonSiegelEntry from './nelson-siegel/index.ts';
import optimiseEntry from './optimise/index.ts';
import optionEntry from './option/index.ts';
import overfittingProbabilityEntry from './overfitting-probability/index.ts';
import portfolioRisksEntry from './portfolio-risks/index.ts';
import principalComponentsEntry from './principal-components/index.ts';
import rangeVolatilityEntry from './range-volatility/index.ts';
import rebalancingEntry from './rebalancing/index.ts';
import regimesEntry from './regimes/index.ts';
import regularisedRegressionEntry from './regularised-regression/index.ts';
import reverseStressEntry from './reverse-stress/index.ts';
import riskComponentsEntry from './risk-components/index.ts';
import riskReportEntry from './risk-report/index.ts';
import rollingBetaEntry from './rolling-beta/index.ts';
import rollingFactorsEntry from './rolling-factors/index.ts';
import rollingMetricsEntry from './rolling-metrics/index.ts';
import seasonalDecompositionEntry from './seasonal-decomposition/index.ts';
import sharpeSignificanceEntry from './sharpe-significance/index.ts';
import stationarityEntry from './stationarity/index.ts';
import stressTestEntry from './stress-test/index.ts';
import styleAnalysisEntry from './style-analysis/index.ts';
import tearSheetEntry from './tear-sheet/index.ts';
import timeValueEntry from './time-value/index.ts';
import toolConventionsEntry from './tool-conventions/index.ts';
import treeExplanationEntry from './tree-explanation/index.ts';
import validationSplitsEntry from './validation-splits/index.ts';
import valueAtRiskEntry from './value-at-risk/index.ts';
import varBacktestEntry from './var-backtest/index.ts';
import yieldCurveEntry from './yield-curve/index.ts';

/** All analyses, by the order of their ids. */
export const analyses = [
  americanOptionEntry,
  arimaEntry,
  autocorrelationEntry,
  barrierOptionEntry,
  blackLittermanEntry,
  bondEntry,
  bootstrapEntry,
  brinsonEntry,
  calendarReturnsEntry,
  cointegrationEntry,
  contributionEntry,
  correlationBreakdownEntry,
  covarianceEntry,
  currencyAttributionEntry,
  dayCountEntry,
  digitalOptionEntry,
  discreteAllocationEntry,
  drawdownsEntry,
  efficientFrontierEntry,
  entropyPoolingEntry,
  ewmaVolatilityEntry,
  expectedReturnsEntry,
  exponentialSmoothingEntry,
  extremeValuesEntry,
  factorAttributionEntry,
  factorModelEntry,
  factorRiskEntry,
  famaMacbethEntry,
  fractionalDifferenceEntry,
  fxForwardEntry,
  fxReturnEntry,
  garchEntry,
  hurstEntry,
  impliedVolatilityEntry,
  internalRateEntry,
  linkedAttributionEntry,
  localLevelEntry,
  logisticRegressionEntry,
  metricsEntry,
  monteCarloRiskEntry,
  nearestMatrixEntry,
  nelsonSiegelEntry,
  optimiseEntry,
  optionEntry,
  overfittingProbabilityEntry,
  portfolioRisksEntry,
  principalComponentsEntry,
  rangeVolatilityEntry,
  rebalancingEntry,
  regimesEntry,
  regularisedRegressionEntry,
  reverseStressEntry,
  riskComponentsEntry,
  riskReportEntry,
  rollingBetaEntry,
  rollingFactorsEntry,
  rollingMetricsEntry,
  seasonalDecompositionEntry,
  sharpeSignificanceEntry,
  stationarityEntry,
  stressTestEntry,
  styleAnalysisEntry,
  tearSheetEntry,
  timeValueEntry,
  toolConventionsEntry,
  treeExplanationEntry,
  validationSplitsEntry,
  valueAtRiskEntry,
  varBacktestEntry,
  yieldCurveEntry,
] as const;

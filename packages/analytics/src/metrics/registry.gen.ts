// Written by `npm run gen` from the folders of this package. Do not edit.
import activePremiumEntry from './active-premium/index.ts';
import activeReturnEntry from './active-return/index.ts';
import adjustedSharpeEntry from './adjusted-sharpe/index.ts';
import adjustedSortinoEntry from './adjusted-sortino/index.ts';
import alphaEntry from './alpha/index.ts';
import alphaArithmeticEntry from './alpha-arithmetic/index.ts';
import alphaPeriodEntry from './alpha-period/index.ts';
import alphaTEntry from './alpha-t/index.ts';
import annualReturnArithmeticEntry from './annual-return-arithmetic/index.ts';
import annualReturnLogEntry from './annual-return-log/index.ts';
import appraisalRatioEntry from './appraisal-ratio/index.ts';
import autocorrelationEntry from './autocorrelation/index.ts';
import autocorrelationPearsonEntry from './autocorrelation-pearson/index.ts';
import averageDownMonthEntry from './average-down-month/index.ts';
import averageDrawdownEntry from './average-drawdown/index.ts';
import averageDrawdownLengthEntry from './average-drawdown-length/index.ts';
import averageLossEntry from './average-loss/index.ts';
import averageRecoveryEntry from './average-recovery/index.ts';
import averageUpMonthEntry from './average-up-month/index.ts';
import averageWinEntry from './average-win/index.ts';
import battingAverageEntry from './batting-average/index.ts';
import bestEntry from './best/index.ts';
import bestMonthEntry from './best-month/index.ts';
import bestYearEntry from './best-year/index.ts';
import betaEntry from './beta/index.ts';
import betaDownEntry from './beta-down/index.ts';
import betaStandardErrorEntry from './beta-standard-error/index.ts';
import betaUpEntry from './beta-up/index.ts';
import burkeEntry from './burke/index.ts';
import cagrEntry from './cagr/index.ts';
import cagrCalendarEntry from './cagr-calendar/index.ts';
import cagrJulianEntry from './cagr-julian/index.ts';
import calendarDaysEntry from './calendar-days/index.ts';
import calmarEntry from './calmar/index.ts';
import captureRatioEntry from './capture-ratio/index.ts';
import cdar95Entry from './cdar-95/index.ts';
import cokurtosisEntry from './cokurtosis/index.ts';
import commonSenseRatioEntry from './common-sense-ratio/index.ts';
import correlationEntry from './correlation/index.ts';
import coskewnessEntry from './coskewness/index.ts';
import cpcIndexEntry from './cpc-index/index.ts';
import currentDrawdownEntry from './current-drawdown/index.ts';
import cvar95Entry from './cvar-95/index.ts';
import cvar99Entry from './cvar-99/index.ts';
import dRatioEntry from './d-ratio/index.ts';
import downCaptureEntry from './down-capture/index.ts';
import downCaptureMeanEntry from './down-capture-mean/index.ts';
import downCaptureTotalEntry from './down-capture-total/index.ts';
import downNumberEntry from './down-number/index.ts';
import downPercentEntry from './down-percent/index.ts';
import downsideDeviationEntry from './downside-deviation/index.ts';
import downsideDeviationSubsetEntry from './downside-deviation-subset/index.ts';
import drawdownCountEntry from './drawdown-count/index.ts';
import expectancyEntry from './expectancy/index.ts';
import exposureEntry from './exposure/index.ts';
import famaBetaEntry from './fama-beta/index.ts';
import gainToPainEntry from './gain-to-pain/index.ts';
import gainToPainMonthlyEntry from './gain-to-pain-monthly/index.ts';
import geometricMeanReturnEntry from './geometric-mean-return/index.ts';
import hurstEntry from './hurst/index.ts';
import informationRatioEntry from './information-ratio/index.ts';
import informationRatioGeometricEntry from './information-ratio-geometric/index.ts';
import jarqueBeraEntry from './jarque-bera/index.ts';
import jarqueBeraPEntry from './jarque-bera-p/index.ts';
import jensenAlphaEntry from './jensen-alpha/index.ts';
import kappa3Entry from './kappa-3/index.ts';
import kellyEntry from './kelly/index.ts';
import kellyContinuousEntry from './kelly-continuous/index.ts';
import kurtosisEntry from './kurtosis/index.ts';
import kurtosisPopulationEntry from './kurtosis-population/index.ts';
import ljungBoxEntry from './ljung-box/index.ts';
import ljungBoxPEntry from './ljung-box-p/index.ts';
import longestDrawdownEntry from './longest-drawdown/index.ts';
import longestLossesEntry from './longest-losses/index.ts';
import longestWinsEntry from './longest-wins/index.ts';
import lossDeviationEntry from './loss-deviation/index.ts';
import mSquaredEntry from './m-squared/index.ts';
import martinEntry from './martin/index.ts';
import maxDrawdownEntry from './max-drawdown/index.ts';
import maxDrawdownFallEntry from './max-drawdown-fall/index.ts';
import maxDrawdownRecoveryEntry from './max-drawdown-recovery/index.ts';
import meanAbsoluteDeviationEntry from './mean-absolute-deviation/index.ts';
import meanReturnEntry from './mean-return/index.ts';
import medianReturnEntry from './median-return/index.ts';
import minimumTrackRecordEntry from './minimum-track-record/index.ts';
import netSelectivityEntry from './net-selectivity/index.ts';
import omegaEntry from './omega/index.ts';
import outlierLossRatioEntry from './outlier-loss-ratio/index.ts';
import outlierWinRatioEntry from './outlier-win-ratio/index.ts';
import outperformanceChanceEntry from './outperformance-chance/index.ts';
import painIndexEntry from './pain-index/index.ts';
import painRatioEntry from './pain-ratio/index.ts';
import payoffEntry from './payoff/index.ts';
import positiveShareEntry from './positive-share/index.ts';
import probabilisticSharpeEntry from './probabilistic-sharpe/index.ts';
import profitFactorEntry from './profit-factor/index.ts';
import profitRatioEntry from './profit-ratio/index.ts';
import prospectRatioEntry from './prospect-ratio/index.ts';
import rSquaredEntry from './r-squared/index.ts';
import rachevEntry from './rachev/index.ts';
import recoveryFactorEntry from './recovery-factor/index.ts';
import residualVolatilityEntry from './residual-volatility/index.ts';
import returnOverExposureEntry from './return-over-exposure/index.ts';
import returnRiskRatioEntry from './return-risk-ratio/index.ts';
import riskOfRuinEntry from './risk-of-ruin/index.ts';
import semiDeviationEntry from './semi-deviation/index.ts';
import serenityEntry from './serenity/index.ts';
import sharpeEntry from './sharpe/index.ts';
import sharpeAutocorrelatedEntry from './sharpe-autocorrelated/index.ts';
import sharpeGeometricEntry from './sharpe-geometric/index.ts';
import sharpeLogEntry from './sharpe-log/index.ts';
import sharpeMonthlyEntry from './sharpe-monthly/index.ts';
import sharpeStandardErrorEntry from './sharpe-standard-error/index.ts';
import sharpeStandardErrorNormalEntry from './sharpe-standard-error-normal/index.ts';
import skewnessEntry from './skewness/index.ts';
import skewnessKurtosisRatioEntry from './skewness-kurtosis-ratio/index.ts';
import skewnessPopulationEntry from './skewness-population/index.ts';
import smartSharpeEntry from './smart-sharpe/index.ts';
import smartSortinoEntry from './smart-sortino/index.ts';
import sortinoEntry from './sortino/index.ts';
import stabilityEntry from './stability/index.ts';
import sterlingEntry from './sterling/index.ts';
import systematicRiskEntry from './systematic-risk/index.ts';
import tailRatioEntry from './tail-ratio/index.ts';
import timeUnderWaterEntry from './time-under-water/index.ts';
import timingRatioEntry from './timing-ratio/index.ts';
import totalReturnEntry from './total-return/index.ts';
import trackingErrorEntry from './tracking-error/index.ts';
import treynorEntry from './treynor/index.ts';
import treynorGeometricEntry from './treynor-geometric/index.ts';
import ulcerIndexEntry from './ulcer-index/index.ts';
import upCaptureEntry from './up-capture/index.ts';
import upCaptureMeanEntry from './up-capture-mean/index.ts';
import upCaptureTotalEntry from './up-capture-total/index.ts';
import upNumberEntry from './up-number/index.ts';
import upPercentEntry from './up-percent/index.ts';
import upsidePotentialRatioEntry from './upside-potential-ratio/index.ts';
import valueAtRisk95Entry from './value-at-risk-95/index.ts';
import valueAtRisk99Entry from './value-at-risk-99/index.ts';
import volatilityEntry from './volatility/index.ts';
import volatilityLogEntry from './volatility-log/index.ts';
import volatilityMonthlyEntry from './volatility-monthly/index.ts';
import volatilityPopulationEntry from './volatility-population/index.ts';
import winRateEntry from './win-rate/index.ts';
import winRateMonthEntry from './win-rate-month/index.ts';
import winRateYearEntry from './win-rate-year/index.ts';
import worstEntry from './worst/index.ts';
import worstMonthEntry from './worst-month/index.ts';
import worstYearEntry from './worst-year/index.ts';

/** All metrics, by the order of their ids. */
export const metrics = [
  activePremiumEntry,
  activeReturnEntry,
  adjustedSharpeEntry,
  adjustedSortinoEntry,
  alphaEntry,
  alphaArithmeticEntry,
  alphaPeriodEntry,
  alphaTEntry,
  annualReturnArithmeticEntry,
  annualReturnLogEntry,
  appraisalRatioEntry,
  autocorrelationEntry,
  autocorrelationPearsonEntry,
  averageDownMonthEntry,
  averageDrawdownEntry,
  averageDrawdownLengthEntry,
  averageLossEntry,
  averageRecoveryEntry,
  averageUpMonthEntry,
  averageWinEntry,
  battingAverageEntry,
  bestEntry,
  bestMonthEntry,
  bestYearEntry,
  betaEntry,
  betaDownEntry,
  betaStandardErrorEntry,
  betaUpEntry,
  burkeEntry,
  cagrEntry,
  cagrCalendarEntry,
  cagrJulianEntry,
  calendarDaysEntry,
  calmarEntry,
  captureRatioEntry,
  cdar95Entry,
  cokurtosisEntry,
  commonSenseRatioEntry,
  correlationEntry,
  coskewnessEntry,
  cpcIndexEntry,
  currentDrawdownEntry,
  cvar95Entry,
  cvar99Entry,
  dRatioEntry,
  downCaptureEntry,
  downCaptureMeanEntry,
  downCaptureTotalEntry,
  downNumberEntry,
  downPercentEntry,
  downsideDeviationEntry,
  downsideDeviationSubsetEntry,
  drawdownCountEntry,
  expectancyEntry,
  exposureEntry,
  famaBetaEntry,
  gainToPainEntry,
  gainToPainMonthlyEntry,
  geometricMeanReturnEntry,
  hurstEntry,
  informationRatioEntry,
  informationRatioGeometricEntry,
  jarqueBeraEntry,
  jarqueBeraPEntry,
  jensenAlphaEntry,
  kappa3Entry,
  kellyEntry,
  kellyContinuousEntry,
  kurtosisEntry,
  kurtosisPopulationEntry,
  ljungBoxEntry,
  ljungBoxPEntry,
  longestDrawdownEntry,
  longestLossesEntry,
  longestWinsEntry,
  lossDeviationEntry,
  mSquaredEntry,
  martinEntry,
  maxDrawdownEntry,
  maxDrawdownFallEntry,
  maxDrawdownRecoveryEntry,
  meanAbsoluteDeviationEntry,
  meanReturnEntry,
  medianReturnEntry,
  minimumTrackRecordEntry,
  netSelectivityEntry,
  omegaEntry,
  outlierLossRatioEntry,
  outlierWinRatioEntry,
  outperformanceChanceEntry,
  painIndexEntry,
  painRatioEntry,
  payoffEntry,
  positiveShareEntry,
  probabilisticSharpeEntry,
  profitFactorEntry,
  profitRatioEntry,
  prospectRatioEntry,
  rSquaredEntry,
  rachevEntry,
  recoveryFactorEntry,
  residualVolatilityEntry,
  returnOverExposureEntry,
  returnRiskRatioEntry,
  riskOfRuinEntry,
  semiDeviationEntry,
  serenityEntry,
  sharpeEntry,
  sharpeAutocorrelatedEntry,
  sharpeGeometricEntry,
  sharpeLogEntry,
  sharpeMonthlyEntry,
  sharpeStandardErrorEntry,
  sharpeStandardErrorNormalEntry,
  skewnessEntry,
  skewnessKurtosisRatioEntry,
  skewnessPopulationEntry,
  smartSharpeEntry,
  smartSortinoEntry,
  sortinoEntry,
  stabilityEntry,
  sterlingEntry,
  systematicRiskEntry,
  tailRatioEntry,
  timeUnderWaterEntry,
  timingRatioEntry,
  totalReturnEntry,
  trackingErrorEntry,
  treynorEntry,
  treynorGeometricEntry,
  ulcerIndexEntry,
  upCaptureEntry,
  upCaptureMeanEntry,
  upCaptureTotalEntry,
  upNumberEntry,
  upPercentEntry,
  upsidePotentialRatioEntry,
  valueAtRisk95Entry,
  valueAtRisk99Entry,
  volatilityEntry,
  volatilityLogEntry,
  volatilityMonthlyEntry,
  volatilityPopulationEntry,
  winRateEntry,
  winRateMonthEntry,
  winRateYearEntry,
  worstEntry,
  worstMonthEntry,
  worstYearEntry,
] as const;

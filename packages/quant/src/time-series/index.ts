export { arimaForecast, type Forecast } from './arima/arima-forecast.ts';
export { type ArimaFit, type ArimaOrder, fitArima } from './arima/fit-arima.ts';
export { type ArimaChoice, type ArimaSelection, selectArima } from './arima/select-arima.ts';
export { type YuleWalker, yuleWalker } from './arima/yule-walker.ts';
export { type EngleGranger, engleGranger } from './cointegration/engle-granger.ts';
export {
  type Johansen,
  type JohansenOptions,
  type JohansenStep,
  johansen,
} from './cointegration/johansen.ts';
export { type Stl, type StlOptions, stl } from './decomposition/stl.ts';
export { type EwmaOptions, ewmaVariance } from './ewma-variance.ts';
export type { Fitted } from './fitted.ts';
export { type ArchTest, archTest } from './garch/arch-test.ts';
export { fitGarch, type GarchFit } from './garch/fit-garch.ts';
export type { GarchErrors, GarchParameterErrors } from './garch/garch-errors.ts';
export { type GarchPath, garchFilter } from './garch/garch-filter.ts';
export { garchForecast, newsImpact } from './garch/garch-forecast.ts';
export type { GarchModel, GarchParameters, GarchStart } from './garch/garch-model.ts';
export { fitRegimes, type RegimeFit, type RegimeOptions } from './hidden-markov/fit-regimes.ts';
export {
  type GaussianRegimes,
  type RegimeProbabilities,
  regimeProbabilities,
} from './hidden-markov/forward-backward.ts';
export { viterbi } from './hidden-markov/viterbi.ts';
export {
  fitLocalLevel,
  type LocalLevelFit,
  type LocalLevelModel,
  type LocalLevelPath,
  localLevelFilter,
  localLevelOf,
} from './local-level.ts';
export { type MeanReversion, meanReversion } from './memory/half-life.ts';
export { detrendedFluctuation, rescaledRange, type ScalingExponent } from './memory/hurst.ts';
export {
  type EtsModel,
  type EtsParameters,
  type EtsPath,
  type EtsState,
  etsFilter,
} from './smoothing/ets-filter.ts';
export { type EtsBounds, type EtsForecast, etsForecast } from './smoothing/ets-forecast.ts';
export { type EtsFit, fitEts } from './smoothing/fit-ets.ts';
export {
  type DickeyFuller,
  type DickeyFullerOptions,
  dickeyFuller,
} from './unit-root/dickey-fuller.ts';
export { type Kpss, type KpssOptions, kpss } from './unit-root/kpss.ts';
export { type LjungBox, ljungBox } from './unit-root/ljung-box.ts';
export type { CriticalValues } from './unit-root/mackinnon.ts';
export type { Deterministic } from './unit-root/mackinnon-tables.ts';
export { type PhillipsPerron, phillipsPerron } from './unit-root/phillips-perron.ts';
export { type VarianceRatio, varianceRatio } from './unit-root/variance-ratio.ts';

export { type EwmaOptions, ewmaVariance } from './ewma-variance.ts';
export type { Fitted } from './fitted.ts';
export { fitGarch, type GarchFit } from './garch/fit-garch.ts';
export type { GarchErrors, GarchParameterErrors } from './garch/garch-errors.ts';
export { type GarchPath, garchFilter } from './garch/garch-filter.ts';
export { garchForecast, newsImpact } from './garch/garch-forecast.ts';
export type { GarchModel, GarchParameters, GarchStart } from './garch/garch-model.ts';

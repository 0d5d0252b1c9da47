export { Explain, ExplainPeriod } from './Explain.tsx';
export { figureOfHolding } from './figure-name.ts';

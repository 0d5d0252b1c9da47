import { figure } from '../analysis/figure.ts';
import type { Figure } from '../analysis/report.ts';
import type { Greeks } from './black-scholes.ts';

const source = 'Espen Haug, The Complete Guide to Option Pricing Formulas, 2nd ed., 2007';
const kink = 'exactly at the money, without time or volatility, the price has no slope';

/** The form of each Greek: title, formula, and what it is per. */
const forms: Readonly<Record<keyof Greeks, readonly [string, string, string?]>> = {
  delta: ['Delta', '∂V ÷ ∂S'],
  gamma: ['Gamma', '∂²V ÷ ∂S²'],
  vega: ['Vega', '∂V ÷ ∂σ', 'For a volatility higher by 1; a hundredth of it a point.'],
  theta: ['Theta', '∂V ÷ ∂t', 'A year of calendar time; ÷ 365 for a day.'],
  rho: ['Rho', '∂V ÷ ∂r', 'For a rate higher by 1; a hundredth of it a point.'],
  dividendRho: ['Dividend rho', '∂V ÷ ∂q', 'For a yield higher by 1.'],
  vanna: ['Vanna', '∂²V ÷ ∂S∂σ'],
  volga: ['Volga', '∂²V ÷ ∂σ²'],
  charm: ['Charm', '∂²V ÷ ∂S∂t', 'A year of calendar time.'],
  speed: ['Speed', '∂³V ÷ ∂S³'],
  zomma: ['Zomma', '∂³V ÷ ∂S²∂σ'],
  color: ['Color', '∂³V ÷ ∂S²∂t', 'A year of calendar time.'],
  dualDelta: ['Dual delta', '∂V ÷ ∂K'],
};

const idOf = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A figure for each Greek that is given. */
export const greekFigures = (greeks: Partial<Greeks>): readonly Figure[] =>
  (Object.keys(forms) as (keyof Greeks)[]).flatMap((name) => {
    const value = greeks[name];
    if (value === undefined) return [];
    const [title, formula, note] = forms[name];
    const said = note === undefined ? {} : { note };
    return [figure(idOf(name), title, value, { formula, source, why: kink, ...said })];
  });

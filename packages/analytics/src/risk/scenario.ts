import { type Fault, type Refused, refuse } from '@plimsoll/kernel';

/** A scenario by what is shocked; shocks on one holding add up in this order, compounded. */
export interface Shocks {
  readonly name: string;
  /** Return by instrument. */
  readonly instruments: Readonly<Record<string, number>>;
  /** Return of everything in a sector. */
  readonly sectors: Readonly<Record<string, number>>;
  /** Return of a currency against the currency of the prices. */
  readonly currencies: Readonly<Record<string, number>>;
  /** Return of everything that no other shock of instrument or sector reaches. */
  readonly everything: number;
  /** Parallel shift of interest rates, 0.01 for one point more. */
  readonly rates: number;
}

/** What is known of the instruments that shocks are told by. */
export interface Traits {
  readonly sectors: Readonly<Record<string, string>>;
  readonly currencies: Readonly<Record<string, string>>;
  /** Modified durations, in years. */
  readonly durations: Readonly<Record<string, number>>;
  /** Convexities, in years squared. */
  readonly convexities: Readonly<Record<string, number>>;
}

/**
 * The return of each instrument in a scenario:
 *
 *   1 + r = (1 + own or sector’s or everything’s shock)(1 − D Δy + ½ C Δy²)(1 + currency’s shock)
 *
 * The shock of an instrument takes the place of its sector's, and that of the one of everything.
 *
 * @returns shape [names].
 *
 * **Source:** F. Fabozzi, Bond Markets, Analysis and Strategies, 2012 (duration and convexity).
 */
export function scenarioReturns(
  names: readonly string[],
  shocks: Shocks,
  traits: Traits,
): Float64Array {
  return Float64Array.from(names, (name) => {
    const sector = traits.sectors[name];
    const own =
      shocks.instruments[name] ??
      (sector === undefined ? undefined : shocks.sectors[sector]) ??
      shocks.everything;
    const duration = traits.durations[name] ?? 0;
    const convexity = traits.convexities[name] ?? 0;
    const byRates = -duration * shocks.rates + 0.5 * convexity * shocks.rates * shocks.rates;
    const currency = traits.currencies[name];
    const byCurrency = currency === undefined ? 0 : (shocks.currencies[currency] ?? 0);
    return Math.max(-1, (1 + own) * (1 + byRates) * (1 + byCurrency) - 1);
  });
}

/** Refuses shocks on what is not held, so that a misspelt name is not a scenario without a loss. */
export function whyNoScenario(
  names: readonly string[],
  shocks: Shocks,
  traits: Traits,
): Refused<Fault> | undefined {
  const known: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['instrument', Object.keys(shocks.instruments), names],
    ['sector', Object.keys(shocks.sectors), Object.values(traits.sectors)],
    ['currency', Object.keys(shocks.currencies), Object.values(traits.currencies)],
  ];
  for (const [kind, shocked, held] of known) {
    const stranger = shocked.find((each) => !held.includes(each));
    if (stranger !== undefined) {
      return refuse({
        code: 'risk.unknown-shock',
        detail: `The scenario ${shocks.name} shocks the ${kind} ${stranger}, which no holding has; known are: ${[...new Set(held)].join(', ') || 'none'}.`,
      });
    }
  }
  const impossible = Object.entries({
    ...shocks.instruments,
    ...shocks.sectors,
    ...shocks.currencies,
    everything: shocks.everything,
  }).find(([, value]) => value < -1);
  if (impossible) {
    return refuse({
      code: 'risk.impossible-shock',
      detail: `The scenario ${shocks.name} shocks ${impossible[0]} by ${impossible[1]}, a loss of more than everything; give −1 at least.`,
    });
  }
  if (shocks.rates !== 0 && Object.keys(traits.durations).length === 0) {
    return refuse({
      code: 'risk.no-durations',
      detail: `The scenario ${shocks.name} shifts interest rates, but no holding has a duration; give durations by instrument.`,
    });
  }
  return undefined;
}

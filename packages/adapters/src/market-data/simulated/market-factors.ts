import { type DayNumber, dayNumber, type Random, weekday } from '@plimsoll/kernel';
import { fatTailed, streamOf } from './chance.ts';
import { sectors } from './simulated-instruments.ts';

/** The market opens on a Monday. */
export const firstDay: DayNumber = dayNumber('2005-01-03');

/** Weekdays in a year, on average. */
export const yearOfWeekdays = 261;

interface Regime {
  readonly name: 'calm' | 'bull' | 'bear' | 'crash';
  /** Expected log return and volatility of the market per year. */
  readonly drift: number;
  readonly volatility: number;
  /** Chance, per day, of going over to another regime. */
  readonly leaves: readonly (readonly [to: number, chance: number])[];
}

/** Calm months, a bull market, a bear market, and weeks of crash: a Markov chain. */
export const regimes: readonly Regime[] = [
  {
    name: 'calm',
    drift: 0.09,
    volatility: 0.1,
    leaves: [
      [1, 0.007],
      [2, 0.0025],
      [3, 0.0003],
    ],
  },
  {
    name: 'bull',
    drift: 0.18,
    volatility: 0.13,
    leaves: [
      [0, 0.007],
      [2, 0.002],
      [3, 0.0006],
    ],
  },
  {
    name: 'bear',
    drift: -0.16,
    volatility: 0.21,
    leaves: [
      [0, 0.007],
      [1, 0.005],
      [3, 0.002],
    ],
  },
  {
    name: 'crash',
    drift: -1.6,
    volatility: 0.42,
    leaves: [
      [1, 0.04],
      [2, 0.04],
    ],
  },
];

/** What moves all instruments, by weekday. Log returns; row `i` is the i-th weekday from `firstDay`. */
export interface MarketFactors {
  /** Strictly rising weekdays up to the horizon. */
  readonly days: Int32Array;
  readonly regime: Uint8Array;
  readonly market: Float64Array;
  readonly bonds: Float64Array;
  /** Returns of each sector beside the market's, mean 0; row-major, shape [weekdays × sectors]. */
  readonly sectors: Float64Array;
  /** How lively the day is beside an ordinary one; 1 is ordinary. */
  readonly stress: Float64Array;
}

const sectorVolatility = 0.09;
const bondDrift = 0.024;
const bondVolatility = 0.042;
const ordinaryVolatility = 0.13;

/** Draws the factors from the first day through `horizon`; a longer horizon only adds days. */
export function marketFactors(seed: number, horizon: DayNumber): MarketFactors {
  const days = weekdaysThrough(horizon);
  const factors: MarketFactors = {
    days,
    regime: new Uint8Array(days.length),
    market: new Float64Array(days.length),
    bonds: new Float64Array(days.length),
    sectors: new Float64Array(days.length * sectors.length),
    stress: new Float64Array(days.length),
  };
  drawMarket(streamOf(seed, 'market'), factors);
  drawSectors(seed, factors);
  return factors;
}

function weekdaysThrough(horizon: DayNumber): Int32Array {
  const days: number[] = [];
  for (let day = firstDay; day <= horizon; day++) if (weekday(day) < 5) days.push(day);
  return Int32Array.from(days);
}

function drawMarket(random: Random, { days, regime, market, bonds, stress }: MarketFactors): void {
  const step = 1 / yearOfWeekdays;
  let now = 0;
  for (let i = 0; i < days.length; i++) {
    now = nextRegime(random, now);
    const { drift, volatility } = regimes[now] as Regime;
    const shock = fatTailed(random, 5);
    regime[i] = now;
    market[i] = drift * step + volatility * Math.sqrt(step) * shock;
    // In bad times money flees to bonds.
    const bondShock = 0.97 * random.normal() - 0.24 * shock;
    bonds[i] = bondDrift * step + bondVolatility * Math.sqrt(step) * bondShock;
    stress[i] = Math.sqrt(volatility / ordinaryVolatility);
  }
}

function nextRegime(random: Random, now: number): number {
  let draw = random.next();
  for (const [to, chance] of (regimes[now] as Regime).leaves) {
    if (draw < chance) return to;
    draw -= chance;
  }
  return now;
}

function drawSectors(seed: number, { days, sectors: out, stress }: MarketFactors): void {
  const daily = sectorVolatility / Math.sqrt(yearOfWeekdays);
  for (const [column, sector] of sectors.entries()) {
    const random = streamOf(seed, `sector ${sector}`);
    for (let i = 0; i < days.length; i++) {
      out[i * sectors.length + column] = daily * (stress[i] as number) * fatTailed(random, 6);
    }
  }
}

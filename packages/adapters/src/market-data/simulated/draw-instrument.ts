import { type DayNumber, dayFromNumber, dayNumber, type Random, weekday } from '@plimsoll/kernel';
import type { DailyHistory, ProviderAction } from '@plimsoll/ports';
import { atTick, BarWriter, drawDay } from './bar-writer.ts';
import { fatTailed, streamOf } from './chance.ts';
import { firstDay, type MarketFactors, yearOfWeekdays } from './market-factors.ts';
import { type SimulatedInstrument, sectors } from './simulated-instruments.ts';

const daysPerYear = 365;
/** Fractional digits of a price. */
export const priceDigits = 2;
/** Beyond these prices a company splits its shares, or joins them. */
const splitAbove = 240;
const joinBelow = 2;
/** A buyer pays so much over the last price. */
const takeoverPremium = 1.25;

/** The state of one instrument while its days are drawn. */
interface Drawing {
  readonly instrument: SimulatedInstrument;
  readonly random: Random;
  readonly writer: BarWriter;
  readonly actions: ProviderAction[];
  readonly sector: number;
  /** Per unit as it is now, not rounded. */
  price: number;
  /** Months (year × 12 + month) whose dividend and split were looked at. */
  dividendMonth: number;
  splitMonth: number;
}

/**
 * Draws an instrument from its first day through the horizon of the factors. Closes are as traded:
 * they step down by a dividend on its ex-day and by the ratio on the day of a split.
 */
export function drawInstrument(
  seed: number,
  instrument: SimulatedInstrument,
  factors: MarketFactors,
  horizon: DayNumber,
): DailyHistory {
  const drawing: Drawing = {
    instrument,
    random: streamOf(seed, instrument.symbol),
    writer: new BarWriter(),
    actions: [],
    sector: (sectors as readonly string[]).indexOf(instrument.sector ?? ''),
    price: instrument.model.start,
    dividendMonth: 0,
    splitMonth: 0,
  };
  const { delistedOn, listedOn, everyDay = false, currency } = instrument;
  const opens = listedOn === undefined ? firstDay : dayNumber(listedOn);
  const last = Math.min(horizon, delistedOn === undefined ? horizon : dayNumber(delistedOn));
  for (let day = firstDay, row = -1; day <= last; day++) {
    const works = weekday(day) < 5;
    if (works) row++;
    if (day >= opens && (works || everyDay)) drawOneDay(drawing, day, works ? row : -1, factors);
  }
  if (delistedOn !== undefined && last === dayNumber(delistedOn)) closeDown(drawing, delistedOn);
  const { actions } = drawing;
  return { bars: drawing.writer.bars(), actions, currency, rejected: [] };
}

/** Draws one day; `row` is its row in the factors, −1 at a weekend. */
function drawOneDay(drawing: Drawing, day: DayNumber, row: number, factors: MarketFactors): void {
  const { instrument, random, writer } = drawing;
  const { model, everyDay = false, volume } = instrument;
  const stress = row < 0 ? 0.8 : (factors.stress[row] as number);
  const step = 1 / (everyDay ? daysPerYear : yearOfWeekdays);
  const own = model.volatility * Math.sqrt(step) * stress;
  const shock = fatTailed(random, 4);
  // Half the variance off, so that `alpha` is what holders get on average.
  const drift = (model.alpha - model.volatility ** 2 / 2) * step;
  applyActions(drawing, day);
  const before = drawing.price;
  const move = drift + common(drawing, row, factors) + own * shock;
  drawing.price = before * Math.exp(Math.max(-0.6, Math.min(0.5, move)));
  const around = { volatility: own + 0.004 * model.beta * stress, digits: priceDigits };
  const prices = drawDay(random, before, drawing.price, around);
  const crowd = Math.exp(0.35 * random.normal()) * (1 + 12 * Math.abs(move));
  writer.add(day, prices, volume === 0 ? Number.NaN : Math.round(volume * crowd));
}

/** What the market, its sector and the bond market give it on a weekday. */
function common({ instrument, sector }: Drawing, row: number, factors: MarketFactors): number {
  if (row < 0) return 0;
  const { beta, sectorBeta, bondBeta } = instrument.model;
  const own = sector < 0 ? 0 : (factors.sectors[row * sectors.length + sector] as number);
  const market = factors.market[row] as number;
  return beta * market + sectorBeta * own + bondBeta * (factors.bonds[row] as number);
}

/** Splits and dividends take effect at the open. */
function applyActions(drawing: Drawing, day: DayNumber): void {
  const { instrument } = drawing;
  if (instrument.dividends === undefined && instrument.kind !== 'equity') return;
  const name = dayFromNumber(day);
  const year = Number(name.slice(0, 4));
  const month = Number(name.slice(5, 7));
  const monthNumber = year * 12 + month;
  const dayOfMonth = Number(name.slice(8));
  if (dayOfMonth >= 10 && drawing.dividendMonth !== monthNumber) {
    drawing.dividendMonth = monthNumber;
    if (instrument.dividends?.months.includes(month)) payDividend(drawing, name);
  }
  if (month % 6 === 0 && dayOfMonth >= 20 && drawing.splitMonth !== monthNumber) {
    drawing.splitMonth = monthNumber;
    if (instrument.kind === 'equity') splitWhereDue(drawing, name, month === 6 ? year : 0);
  }
}

function payDividend(drawing: Drawing, day: string): void {
  const { dividends, currency } = drawing.instrument;
  if (dividends === undefined) return;
  const share = dividends.yield / dividends.months.length;
  const value = atTick(drawing.price * share, dividends.digits);
  if (value >= drawing.price / 2) return;
  drawing.price -= value;
  drawing.actions.push({ day, kind: 'dividend', value, currency });
}

function splitWhereDue(drawing: Drawing, day: string, yearOfPlan: number): void {
  const { price, instrument } = drawing;
  const plan = instrument.splitEveryYears;
  const planned =
    plan !== undefined && yearOfPlan >= plan.first && (yearOfPlan - plan.first) % plan.step === 0;
  const value = planned ? plannedRatio(price) : usualRatio(price);
  if (value === 1) return;
  drawing.price /= value;
  drawing.actions.push({ day, kind: 'split', value });
}

const usualRatio = (price: number): number =>
  price > 2 * splitAbove ? 4 : price > splitAbove ? 2 : price < joinBelow ? 0.1 : 1;

const plannedRatio = (price: number): number => (price > 100 ? 4 : price > 20 ? 2 : 0.2);

/** The last day of a company that was bought: its holders get cash. */
function closeDown(drawing: Drawing, day: string): void {
  const value = atTick(drawing.price * takeoverPremium, priceDigits);
  drawing.actions.push({ day, kind: 'delisting', value, currency: drawing.instrument.currency });
}

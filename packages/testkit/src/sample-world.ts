import {
  type Account,
  type BookOptions,
  type ClosingPrices,
  type Currency,
  type Instrument,
  LedgerFold,
  PriceBook,
  RateBook,
  type RateSeries,
  type Transaction,
} from '@plimsoll/domain';
import { type DayNumber, dayFromNumber, dayNumber } from '@plimsoll/kernel';
import fc from 'fast-check';
import {
  delistingStep,
  exchangeStep,
  optionStep,
  returnOfCapitalStep,
  spinOffStep,
  splitStep,
} from './action-steps.ts';
import {
  adjustmentStep,
  cashFlowStep,
  cashTransferStep,
  conversionStep,
  expenseStep,
  incomeStep,
  openingBalanceStep,
} from './cash-steps.ts';
import { Draw } from './draw.ts';
import { HeldUnits } from './held-units.ts';
import { sampleAccounts } from './sample-accounts.ts';
import { sampleCurrencies, sampleInstruments } from './sample-instruments.ts';
import { samplePrices, sampleRates } from './sample-market.ts';
import type { Scene, Stamp } from './scene.ts';
import {
  buyStep,
  coverStep,
  deliveryInStep,
  deliveryOutStep,
  redemptionStep,
  sellStep,
  shortStep,
  transferStep,
} from './trade-steps.ts';

/** A ledger with all that is needed to fold it: every transaction of it applies without a fault. */
export interface SampleWorld {
  readonly accounts: readonly Account[];
  readonly instruments: ReadonlyMap<string, Instrument>;
  readonly rates: readonly RateSeries[];
  readonly prices: ReadonlyMap<string, ClosingPrices>;
  readonly transactions: readonly Transaction[];
  readonly currency: Currency;
  readonly scope: ReadonlySet<string>;
  readonly first: DayNumber;
  readonly last: DayNumber;
}

/** Fresh options: a book learns rates and prices from the transactions it applies. */
export function sampleOptions(world: SampleWorld, other: Partial<BookOptions> = {}): BookOptions {
  const currency = other.currency ?? world.currency;
  return {
    currency,
    accounts: world.accounts,
    instruments: world.instruments,
    scope: world.scope,
    cashTracked: new Set(
      world.accounts.filter(({ cash }) => cash === 'tracked').map(({ id }) => id),
    ),
    rates: new RateBook(currency, world.rates),
    prices: new PriceBook(world.prices),
    ...other,
  };
}

type Step = (scene: Scene) => Transaction | Transaction[] | null;

const steps: readonly [Step, number][] = [
  [buyStep, 9],
  [sellStep, 7],
  [shortStep, 3],
  [coverStep, 3],
  [redemptionStep, 1],
  [deliveryInStep, 2],
  [deliveryOutStep, 2],
  [transferStep, 4],
  [cashFlowStep, 4],
  [cashTransferStep, 2],
  [incomeStep, 5],
  [expenseStep, 2],
  [conversionStep, 3],
  [openingBalanceStep, 2],
  [adjustmentStep, 2],
  [splitStep, 3],
  [spinOffStep, 2],
  [exchangeStep, 2],
  [returnOfCapitalStep, 2],
  [delistingStep, 1],
  [optionStep, 4],
];
const weighted: readonly Step[] = steps.flatMap(([step, weight]) =>
  Array.from({ length: weight }, () => step),
);

const actionTypes: ReadonlySet<string> = new Set([
  'split',
  'stock-dividend',
  'spin-off',
  'merger',
  'symbol-change',
  'return-of-capital',
  'delisting',
]);

type DayMode = 'times' | 'file' | 'neither';

/** Walks the steps, keeping what is held, and gathers what they record. */
class Story {
  readonly transactions: Transaction[] = [];
  day: DayNumber;
  readonly #accounts: readonly Account[];
  readonly #held = new HeldUnits();
  readonly #fold: LedgerFold;
  #today: Transaction[] = [];
  #mode: DayMode = 'times';
  #ended = false;

  constructor(world: Omit<SampleWorld, 'transactions' | 'last'>, last: DayNumber) {
    this.#accounts = world.accounts;
    this.day = world.first;
    this.#fold = new LedgerFold(sampleOptions({ ...world, transactions: [], last }));
  }

  /** Plays one step, on the same day as the one before or some days later. */
  play(seed: number): void {
    const draw = new Draw(seed);
    const gap = draw.chance(45) ? 0 : 1 + draw.below(6);
    const mode = draw.pick(['times', 'file', 'neither'] as const);
    if (gap > 0 || this.#ended) this.#nextDay(Math.max(1, gap), mode);
    const step = draw.any(weighted) ?? buyStep;
    const made = step(this.#scene(draw));
    const list = made === null ? [] : Array.isArray(made) ? made : [made];
    this.transactions.push(...list);
    this.#today.push(...list);
  }

  #nextDay(gap: number, mode: DayMode): void {
    this.#fold.applyDay(this.#today);
    this.#today = [];
    this.day += gap;
    this.#mode = mode;
    this.#ended = false;
  }

  #scene(draw: Draw): Scene {
    const effectiveAt = dayFromNumber(this.day);
    let made = 0;
    return {
      draw,
      accounts: this.#accounts,
      instruments: sampleInstruments,
      held: this.#held,
      effectiveAt,
      atOpen: this.#today.every(({ type }) => actionTypes.has(type)),
      firstOfDay: this.#today.length === 0,
      unordered: this.#mode === 'neither',
      before: this.#fold.book,
      stamp: (accountId) => this.#stamp(accountId, effectiveAt, made++),
      endDay: () => {
        this.#ended = true;
      },
    };
  }

  #stamp(accountId: string, effectiveAt: string, extra: number): Stamp {
    const number = this.transactions.length + extra;
    const stamp = { id: `t${String(number).padStart(4, '0')}`, accountId, effectiveAt };
    const minute = String(Math.min(59, this.#today.length + extra)).padStart(2, '0');
    if (this.#mode === 'times') return { ...stamp, position: number, time: `10:${minute}` };
    if (this.#mode === 'neither') return { ...stamp, position: number };
    return {
      ...stamp,
      position: number,
      source: { importId: 'import', file: 'sample.csv', line: number + 2 },
    };
  }
}

const firstDay = dayNumber('2024-01-02');
const spanAfter = 8;

/** Plays the steps into a world. */
export function buildWorld(seed: number, seeds: readonly number[]): SampleWorld {
  const draw = new Draw(seed);
  const accounts = sampleAccounts(seed);
  const longest = firstDay + seeds.length * 7 + spanAfter;
  const scope = new Set(accounts.map(({ id }) => id).filter(() => draw.chance(70)));
  if (scope.size === 0) scope.add('a');
  const world = {
    accounts,
    instruments: new Map(sampleInstruments.map((instrument) => [instrument.id, instrument])),
    rates: sampleRates(seed, firstDay - 500, longest),
    prices: samplePrices(seed, sampleInstruments, firstDay - 3, longest),
    currency: draw.pick(sampleCurrencies),
    scope,
    first: firstDay,
  };
  const story = new Story(world, longest);
  for (const step of seeds) story.play(step);
  return { ...world, transactions: story.transactions, last: story.day + draw.below(spanAfter) };
}

/** Any world of up to `most` steps; shrinks to fewer steps. */
export const anyWorld = (most = 30): fc.Arbitrary<SampleWorld> =>
  fc
    .tuple(
      fc.nat({ max: 2 ** 31 - 1 }),
      fc.array(fc.nat({ max: 2 ** 31 - 1 }), { minLength: 1, maxLength: most, size: 'max' }),
    )
    .map(([seed, seeds]) => buildWorld(seed, seeds));

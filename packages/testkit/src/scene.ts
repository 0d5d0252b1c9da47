import type { Account, Book, Charges, Currency, Instrument, Settlement } from '@plimsoll/domain';
import { type Decimal, mulDiv, present, roundTo } from '@plimsoll/kernel';
import type { Draw } from './draw.ts';
import type { HeldUnits } from './held-units.ts';
import { sampleCurrencies } from './sample-instruments.ts';

/** Members that every transaction has. */
export interface Stamp {
  readonly id: string;
  readonly accountId: string;
  readonly effectiveAt: string;
  readonly position: number;
  readonly time?: string;
  readonly source?: { readonly importId: string; readonly file: string; readonly line: number };
}

/** What a step may look at when it makes up its transactions. */
export interface Scene {
  readonly draw: Draw;
  readonly accounts: readonly Account[];
  readonly instruments: readonly Instrument[];
  readonly held: HeldUnits;
  readonly effectiveAt: string;
  /** Nothing but corporate actions happened yet that day, so another may come. */
  readonly atOpen: boolean;
  /** Nothing happened yet that day. */
  readonly firstOfDay: boolean;
  /** The day has neither times nor one file: its order is by flow, not as generated. */
  readonly unordered: boolean;
  /** The book at the end of the day before. */
  readonly before: Book;
  stamp(accountId: string): Stamp;
  /** Nothing more may happen that day. */
  endDay(): void;
}

export const instrumentOf = (scene: Scene, id: string): Instrument =>
  present(
    scene.instruments.find((instrument) => instrument.id === id),
    `instrument ${id}`,
  );

export const accountOf = (scene: Scene, id: string): Account =>
  present(
    scene.accounts.find((account) => account.id === id),
    `account ${id}`,
  );

export const anyAccount = (scene: Scene): Account =>
  present(scene.draw.any(scene.accounts), 'an account');

export const anyCurrency = (scene: Scene): Currency => scene.draw.pick(sampleCurrencies);

export const otherCurrency = (scene: Scene, than: Currency): Currency => {
  const found = anyCurrency(scene);
  return found === than ? (found === 'EUR' ? 'USD' : 'EUR') : found;
};

/** Mostly the instrument's own currency. */
export const tradeCurrency = (scene: Scene, instrument: Instrument): Currency =>
  scene.draw.chance(75) ? instrument.currency : anyCurrency(scene);

/** About as much in another currency. */
export const roughly = (scene: Scene, amount: Decimal): Decimal => {
  const exact = mulDiv(amount, BigInt(60 + scene.draw.below(80)), 100n);
  const rounded = roundTo(exact, 2);
  return rounded > 0n ? rounded : exact > 0n ? exact : 1n;
};

/** A settlement in another currency for some of the amounts that are not 0. */
export function anySettlement(
  scene: Scene,
  currency: Currency,
  amount: Decimal,
): { settlement?: Settlement } {
  if (amount <= 0n || !scene.draw.chance(25)) return {};
  const settled = otherCurrency(scene, currency);
  return { settlement: { currency: settled, amount: roughly(scene, amount) } };
}

/** Fee and tax of any sign and in the trade's, the settlement's or a third currency. */
export function anyCharges(scene: Scene, settlement?: Settlement): Charges {
  const { draw } = scene;
  const amount = (percent: number): Decimal => {
    if (!draw.chance(percent)) return 0n;
    return draw.chance(10) ? -draw.money(3) : draw.money(12);
  };
  const currency = (): Currency | undefined => {
    if (draw.chance(70)) return undefined;
    return settlement && draw.chance(60) ? settlement.currency : anyCurrency(scene);
  };
  const feeCurrency = currency();
  const taxCurrency = currency();
  return {
    fee: amount(55),
    tax: amount(25),
    ...(feeCurrency ? { feeCurrency } : {}),
    ...(taxCurrency ? { taxCurrency } : {}),
  };
}

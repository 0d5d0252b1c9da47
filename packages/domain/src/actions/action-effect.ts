import {
  absolute,
  type Day,
  type Decimal,
  decimal,
  divide,
  formatDecimal,
  multiply,
  one,
  parseDecimal,
  roundTo,
} from '@plimsoll/kernel';
import type { Currency, Instrument } from '../ledger/instrument.ts';
import { instrumentLabel } from '../ledger/instrument.ts';
import type { Ratio, TransactionDraft } from '../ledger/transaction.ts';
import type { CorporateAction } from './corporate-action.ts';

/** What an action does to units held, as transactions, or what is missing to tell. */
export interface ActionEffect {
  /** Empty where something is needed first, or where the cash rounds to nothing. */
  readonly drafts: readonly TransactionDraft[];
  /** What only the holder or the broker can say. */
  readonly needs: readonly ('costShare' | 'successor')[];
  /** One sentence with the figures. */
  readonly text: string;
}

/** Units of one instrument in one account at the open of the day of an action. */
export interface UnitsHeld {
  readonly action: CorporateAction;
  readonly accountId: string;
  readonly instrument: Instrument;
  /** Negative for a short. */
  readonly units: Decimal;
}

/** What the holder, the broker or other records add to an action. */
export interface EffectFacts {
  /** The instrument that a symbol stands for; null where there is none. */
  readonly instrumentOf: (symbol: string) => Instrument | null;
  /** Share of the parent's cost that goes to the child, 0 to 1, where it is known. */
  readonly costShare?: Decimal;
  /** Gross cash as the broker booked it, instead of what was reckoned. */
  readonly amount?: Decimal;
  /** Tax withheld. */
  readonly tax?: Decimal;
  /** The day on which it was booked. */
  readonly on?: Day;
}

/** `4:1` is four new units for each old one; a plain number is new units per old. Null where it is neither. */
export function parseRatio(text: string): Ratio | null {
  const [left = '', right, ...rest] = text.split(':');
  const [fresh, old] = [parseDecimal(left.trim()), parseDecimal((right ?? '1').trim())];
  if (rest.length > 0 || !fresh.ok || !old.ok || fresh.value <= 0n || old.value <= 0n) return null;
  return { new: fresh.value, old: old.value };
}

/**
 * The transactions by which an action enters the ledger of an account. Cash is units × cash per unit,
 * rounded half-even to the currency's minor unit, as a broker pays it; what a broker withholds is not
 * known and 0 unless it is given.
 */
export function actionEffect(held: UnitsHeld, facts: EffectFacts): ActionEffect {
  const { action } = held;
  switch (action.kind) {
    case 'split':
      return rescaled(held, 'split', parseRatio(action.value) ?? { new: one, old: one });
    case 'stock-dividend':
      return rescaled(held, 'stock-dividend', { new: one + decimal(action.value), old: one });
    case 'dividend':
    case 'special-dividend':
      return dividend(held, facts);
    case 'return-of-capital':
      return returnOfCapital(held, facts);
    case 'spin-off':
      return spinOff(held, facts);
    case 'merger':
      return decimal(action.value) === 0n ? cashMerger(held, facts) : merger(held, facts);
    case 'symbol-change':
      return symbolChange(held, facts);
    case 'delisting':
      return left(held, facts, decimal(action.value));
    default:
      return action.kind satisfies never;
  }
}

const base = ({ action, accountId, instrument }: UnitsHeld, on: Day = action.day) => ({
  accountId,
  instrumentId: instrument.id,
  effectiveAt: on,
  position: 0,
  note: `${action.kind} by ${action.source}`,
});

const shown = ({ units, instrument }: UnitsHeld): string =>
  `${formatDecimal(units)} ${instrumentLabel(instrument)}`;

function rescaled(held: UnitsHeld, type: 'split' | 'stock-dividend', ratio: Ratio): ActionEffect {
  const after = divide(multiply(held.units, ratio.new), ratio.old);
  const words = `${formatDecimal(ratio.new)} for ${formatDecimal(ratio.old)}`;
  return {
    drafts: [{ ...base(held), type, ratio }],
    needs: [],
    text: `${shown(held)} become ${formatDecimal(after)}, ${words}.`,
  };
}

const isoCurrencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

function minorDigits(currency: Currency): number {
  if (!isoCurrencies.has(currency)) return 18;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** Cash for all units; pence and the like are counted in the currency itself. */
export function cashFor({ action, units, instrument }: UnitsHeld, perUnit: Decimal) {
  const inPence = action.currency === 'GBX' || action.currency === 'GBp';
  const currency = inPence ? 'GBP' : (action.currency ?? instrument.currency);
  const rate = inPence ? divide(perUnit, decimal('100')) : perUnit;
  const amount = roundTo(
    multiply(multiply(units, instrument.multiplier), rate),
    minorDigits(currency),
  );
  return { amount, currency, perUnit: `${formatDecimal(rate)} ${currency}` };
}

function dividend(held: UnitsHeld, facts: EffectFacts): ActionEffect {
  const { action } = held;
  const cash = cashFor(held, decimal(action.value));
  const amount = facts.amount ?? cash.amount;
  const draft = {
    ...base(held, facts.on ?? action.payDay ?? action.day),
    type: 'dividend' as const,
    amount,
    currency: cash.currency,
    fee: 0n,
    tax: facts.tax ?? 0n,
  };
  const text = `${shown(held)} × ${cash.perUnit} = ${formatDecimal(cash.amount)} ${cash.currency}.`;
  return { drafts: amount === 0n ? [] : [draft], needs: [], text };
}

function returnOfCapital(held: UnitsHeld, facts: EffectFacts): ActionEffect {
  const { action } = held;
  const cash = cashFor(held, decimal(action.value));
  const draft = {
    ...base(held, facts.on ?? action.payDay ?? action.day),
    type: 'return-of-capital' as const,
    amount: facts.amount ?? cash.amount,
    currency: cash.currency,
  };
  const text = `${shown(held)} × ${cash.perUnit} = ${formatDecimal(cash.amount)} ${cash.currency}, which lowers their cost.`;
  return { drafts: draft.amount === 0n ? [] : [draft], needs: [], text };
}

function spinOff(held: UnitsHeld, facts: EffectFacts): ActionEffect {
  const { action } = held;
  const child = action.other === null ? null : facts.instrumentOf(action.other);
  const costShare = facts.costShare ?? (action.second === null ? null : decimal(action.second));
  const quantity = multiply(held.units, decimal(action.value));
  const text = `${shown(held)} bring ${formatDecimal(quantity)} ${action.other ?? 'units of the child'}${
    costShare === null
      ? ''
      : ` with ${formatDecimal(multiply(costShare, decimal('100')))} % of the cost`
  }.`;
  const needs: ActionEffect['needs'] = [
    ...(child === null ? (['successor'] as const) : []),
    ...(costShare === null ? (['costShare'] as const) : []),
  ];
  if (child === null || costShare === null) return { drafts: [], needs, text };
  const draft = {
    ...base(held),
    type: 'spin-off' as const,
    childId: child.id,
    quantity,
    costShare,
  };
  return { drafts: [draft], needs: [], text };
}

function merger(held: UnitsHeld, facts: EffectFacts): ActionEffect {
  const { action } = held;
  const into = action.other === null ? null : facts.instrumentOf(action.other);
  const ratio = { new: decimal(action.value), old: one };
  const cash = action.second === null ? null : cashFor(held, decimal(action.second));
  const units = multiply(held.units, ratio.new);
  const text = `${shown(held)} become ${formatDecimal(units)} ${action.other ?? 'units of the successor'}${
    cash === null ? '' : ` and ${formatDecimal(cash.amount)} ${cash.currency}`
  }.`;
  if (into === null) return { drafts: [], needs: ['successor'], text };
  const boot = cash === null ? {} : { boot: { amount: cash.amount, currency: cash.currency } };
  return {
    drafts: [{ ...base(held), type: 'merger', intoId: into.id, ratio, ...boot }],
    needs: [],
    text,
  };
}

const cashMerger = (held: UnitsHeld, facts: EffectFacts): ActionEffect =>
  left(held, facts, held.action.second === null ? 0n : decimal(held.action.second));

/** All units leave for cash. */
function left(held: UnitsHeld, facts: EffectFacts, perUnit: Decimal): ActionEffect {
  const cash = cashFor(held, perUnit);
  const amount = facts.amount ?? absolute(cash.amount);
  const draft = {
    ...base(held, facts.on ?? held.action.day),
    type: 'delisting' as const,
    amount,
    currency: cash.currency,
  };
  const text = `${shown(held)} leave for ${formatDecimal(amount)} ${cash.currency}.`;
  return { drafts: [draft], needs: [], text };
}

function symbolChange(held: UnitsHeld, facts: EffectFacts): ActionEffect {
  const { action, instrument } = held;
  const into = action.other === null ? null : facts.instrumentOf(action.other);
  const text = `${shown(held)} are called ${action.other ?? 'something else'} now.`;
  if (into === null || into.id === instrument.id) return { drafts: [], needs: ['successor'], text };
  const ratio = { new: one, old: one };
  return {
    drafts: [{ ...base(held), type: 'symbol-change', intoId: into.id, ratio }],
    needs: [],
    text,
  };
}

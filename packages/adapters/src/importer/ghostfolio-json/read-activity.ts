import {
  atPrice,
  type Decimal,
  dayOf,
  ok,
  type Price,
  type Result,
  refuse,
  zero,
} from '@plimsoll/kernel';
import type { ImportedTransaction, InstrumentHint, RefusedRow } from '@plimsoll/ports';
import { type Complaint, refusedRow } from '../../importer-kit/index.ts';
import {
  countedIn,
  quotedInDerived,
  readFloatPrice,
  readFloatText,
  unitsPer,
} from './ghostfolio-numbers.ts';
import { type JsonNode, memberOf, textOf } from './read-json.ts';

/** What one activity comes to. */
export type ActivityOutcome =
  | { readonly transaction: ImportedTransaction }
  | { readonly ignored: string }
  | { readonly refused: RefusedRow };

/** Why one activity cannot be read. */
class Refusal {
  readonly complaint: Complaint;
  constructor(complaint: Complaint) {
    this.complaint = complaint;
  }
}

interface Figures {
  readonly day: string;
  readonly time: string | undefined;
  readonly quantity: Decimal;
  readonly price: Price;
  readonly amount: Decimal;
  readonly fee: Decimal;
  readonly currency: string;
  /** The currency as the activity states it: `GBp` where figures are brought to `GBP`. */
  readonly unit: string;
  readonly note: string;
}

const complain = (complaint: Complaint) => refuse(new Refusal(complaint));

type Part<Value> = Result<Value, Refusal>;

const again = 'Export the activities again, or correct this one in the file.';

function numberPart<Value>(
  activity: JsonNode,
  name: string,
  read: (text: string) => Result<Value>,
): Part<Value> {
  const text = textOf(activity, name);
  const value = read(text === '' ? '0' : text);
  if (value.ok) return value;
  return complain({
    column: name,
    value: text,
    code: 'import.not-a-number',
    reason: `${name}: ${value.fault.detail}`,
    fix: again,
  });
}

function notNegative(activity: JsonNode, name: string): Part<Decimal> {
  const value = numberPart(activity, name, readFloatText);
  if (!value.ok || value.value >= zero) return value;
  return complain({
    column: name,
    value: textOf(activity, name),
    code: 'import.wrong-sign',
    reason: `${name} is negative, which Ghostfolio does not allow.`,
    fix: again,
  });
}

const instant =
  /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:Z|[+-]\d\d:?\d\d)?)?$/;

function momentPart(
  activity: JsonNode,
): Part<{ readonly day: string; readonly time: string | undefined }> {
  const text = textOf(activity, 'date');
  const match = instant.exec(text);
  const day = dayOf(Number(match?.[1]), Number(match?.[2]), Number(match?.[3]));
  if (!match || !day.ok) {
    const reason = `"${text.slice(0, 40)}" is not an instant such as 2024-01-31T00:00:00.000Z.`;
    return complain({ column: 'date', value: text, code: 'import.not-a-day', reason, fix: again });
  }
  const time = match[4] === undefined || match[4] === '00:00:00' ? undefined : match[4];
  return ok({ day: day.value, time });
}

function currencyPart(activity: JsonNode, hint: InstrumentHint): Part<string> {
  const text = textOf(activity, 'currency') || (hint.currency ?? '');
  if (/^[A-Z]{3,5}$/.test(countedIn(text))) return ok(text);
  const reason =
    text === ''
      ? 'The activity has no currency.'
      : `"${text.slice(0, 20)}" is not a currency code.`;
  return complain({
    column: 'currency',
    value: text,
    code: 'import.not-a-currency',
    reason,
    fix: again,
  });
}

function figuresOf(activity: JsonNode, hint: InstrumentHint): Part<Figures> {
  const moment = momentPart(activity);
  if (!moment.ok) return moment;
  const currency = currencyPart(activity, hint);
  if (!currency.ok) return currency;
  const quantity = notNegative(activity, 'quantity');
  if (!quantity.ok) return quantity;
  const price = numberPart(activity, 'unitPrice', (text) => readFloatPrice(text, currency.value));
  if (!price.ok) return price;
  const fee = notNegative(activity, 'fee');
  if (!fee.ok) return fee;
  return ok({
    ...moment.value,
    quantity: quantity.value,
    price: price.value,
    amount: atPrice(quantity.value, price.value),
    fee: fee.value / unitsPer(currency.value),
    currency: countedIn(currency.value),
    unit: currency.value,
    note: textOf(activity, 'comment'),
  });
}

const head = ({ day, time, currency, note }: Figures) => ({
  effectiveAt: day,
  ...(time === undefined ? {} : { time }),
  ...(note === '' ? {} : { note }),
  currency,
});

const withName = (figures: Figures, hint: InstrumentHint): Figures =>
  figures.note === '' && hint.name ? { ...figures, note: hint.name } : figures;

/** A debt lowers what one has without any instrument: cash that is owed. */
function liability(figures: Figures, hint: InstrumentHint): ImportedTransaction {
  return {
    type: 'adjustment',
    ...head(figures),
    reason: `Liability: ${hint.name ?? hint.symbol ?? 'unnamed'}`,
    instrument: undefined,
    quantity: -figures.amount,
    amount: zero,
  };
}

/** A trade tells what its instrument is priced in, where the export does not describe it. */
const traded = (hint: InstrumentHint, { unit }: Figures): InstrumentHint =>
  hint.currency === undefined ? { ...hint, ...quotedInDerived(unit) } : hint;

function transactionOf(
  type: string,
  figures: Figures,
  hint: InstrumentHint,
): ImportedTransaction | undefined {
  const { quantity, price, amount, fee } = figures;
  const charges = { fee, tax: zero };
  switch (type) {
    case 'BUY':
    case 'ITEM':
    case 'VALUABLE':
      return {
        type: 'buy',
        ...head(figures),
        instrument: traded(hint, figures),
        quantity,
        price,
        amount,
        ...charges,
      };
    case 'SELL':
      return {
        type: 'sell',
        ...head(figures),
        instrument: traded(hint, figures),
        quantity,
        price,
        amount,
        ...charges,
      };
    case 'DIVIDEND':
      return { type: 'dividend', ...head(figures), instrument: hint, amount, ...charges };
    case 'INTEREST':
      return {
        type: 'interest',
        ...head(withName(figures, hint)),
        instrument: undefined,
        amount,
        ...charges,
      };
    case 'FEE':
      return {
        type: 'fee',
        ...head(withName(figures, hint)),
        instrument: undefined,
        amount: amount + fee,
      };
    case 'LIABILITY':
      return liability(figures, hint);
    default:
      return undefined;
  }
}

const trades = new Set(['BUY', 'SELL', 'ITEM', 'VALUABLE']);
const namesInstrument = new Set(['BUY', 'SELL', 'DIVIDEND', 'ITEM', 'VALUABLE']);

const isDraft = (activity: JsonNode): boolean => {
  const draft = memberOf(activity, 'isDraft');
  return draft?.kind === 'boolean' && draft.value;
};

/** One activity of the export. */
export function readActivity(activity: JsonNode, hint: InstrumentHint): ActivityOutcome {
  const type = textOf(activity, 'type').toUpperCase();
  const refused = (complaint: Complaint) => ({ refused: refusedRow(activity.line, complaint) });
  const figures = figuresOf(activity, hint);
  if (!figures.ok) return refused(figures.fault.complaint);
  if (isDraft(activity)) return { ignored: 'A draft, which has not happened yet.' };
  const { quantity, amount, fee } = figures.value;
  if (amount === zero && fee === zero && (quantity === zero || !namesInstrument.has(type))) {
    return { ignored: 'The activity moves neither units nor money.' };
  }
  if (namesInstrument.has(type) && !hint.symbol && !hint.isin && !hint.name) {
    return refused({
      column: 'symbol',
      value: '',
      code: 'import.missing-instrument',
      reason: 'The activity names no instrument.',
      fix: again,
    });
  }
  if (quantity === zero && trades.has(type)) {
    return refused({
      column: 'quantity',
      value: textOf(activity, 'quantity'),
      code: 'import.zero',
      reason: `A ${type} of no units has a fee.`,
      fix: 'Change its type to FEE, or correct the quantity.',
    });
  }
  const transaction = transactionOf(type, figures.value, hint);
  if (transaction) return { transaction };
  return refused({
    column: 'type',
    value: type,
    code: 'import.unknown-kind',
    reason: `"${type.slice(0, 40)}" is not a type of activity that Ghostfolio has.`,
    fix: 'Record this activity by hand, or import the others with "accept valid".',
  });
}

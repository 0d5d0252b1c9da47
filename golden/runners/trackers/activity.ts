import { dayInZone, type Transaction, type TransactionDraft } from '@plimsoll/domain';
import { type Decimal, decimal, multiply, whole } from '@plimsoll/kernel';
import { isRecord } from '../../golden-case.ts';

/** One activity as the trackers' tests write it. */
export type Activity = Readonly<Record<string, unknown>>;

/** What an activity is read with. */
export interface ActivitySetting {
  readonly timezone?: string;
  /** Currency that trades with a booked rate settle in. */
  readonly accountCurrency?: string;
  currencyOf(symbol: string): string;
  multiplierOf(symbol: string): Decimal;
}

/** An exact number of a JSON number or text. */
export const exact = (value: unknown): Decimal => {
  const text = String(value ?? 0);
  const [head = '0', tail = ''] = text.split('.');
  return decimal(tail.length > 18 ? `${head}.${tail.slice(0, 18)}` : text);
};

export const symbolOf = (activity: Activity): string => String(activity['symbol'] ?? '');
const currencyOf = (activity: Activity): string => String(activity['currency'] ?? 'EUR');

/** The day an activity belongs to: as stated, or of its instant where the account is. */
export function dayOf(activity: Activity, timezone: string | undefined): string {
  if (typeof activity['date'] === 'string') return activity['date'].slice(0, 10);
  const day = dayInZone(Date.parse(String(activity['datetime'])), timezone ?? 'UTC');
  if (!day.ok) throw new Error(day.fault.detail);
  return day.value;
}

const accountsOf = (activity: Activity): readonly [string, string] => {
  const [from = 'main', to = 'main'] = String(activity['account'] ?? 'main').split('->');
  return [from, to];
};

/** Money of a trade or delivery: stated amounts include charges, quantity × price does not. */
function tradeMoney(activity: Activity, direction: 'in' | 'out', setting: ActivitySetting) {
  const symbol = symbolOf(activity);
  const currency = currencyOf(activity);
  const fee = exact(activity['fee']);
  const tax = exact(activity['tax']);
  const sign = direction === 'in' ? -1n : 1n;
  const paid = exact(activity['amount']);
  const stated =
    activity['unitPrice'] === undefined
      ? paid + sign * (fee + tax)
      : multiply(
          multiply(exact(activity['quantity']), exact(activity['unitPrice'])),
          setting.multiplierOf(symbol),
        );
  const charges = { fee, tax, feeCurrency: currency, taxCurrency: currency };
  const foreign = grossInOwnCurrency(activity, setting.currencyOf(symbol));
  if (foreign !== null) {
    const own = setting.currencyOf(symbol);
    return { ...charges, amount: foreign, currency: own, settlement: { currency, amount: paid } };
  }
  const account = setting.accountCurrency;
  if (activity['fxRate'] !== undefined && account !== undefined && account !== currency) {
    const net = multiply(stated - sign * (fee + tax), exact(activity['fxRate']));
    return { ...charges, amount: stated, currency, settlement: { currency: account, amount: net } };
  }
  return { ...charges, amount: stated, currency };
}

/** What the units were worth in their own currency, where that is stated beside another's amount. */
function grossInOwnCurrency(activity: Activity, own: string): Decimal | null {
  const gross = activity['gross'];
  if (!isRecord(gross) || currencyOf(activity) === own) return null;
  const amount = gross['currency'] === own ? gross['amount'] : gross[own.toLowerCase()];
  return amount === undefined ? null : exact(amount);
}

/** Ratio of a split stated as one number. */
const ratioOf = (value: unknown) => ({ new: exact(value), old: whole(1) });

const worthOf = (activity: Activity): Decimal =>
  activity['amount'] === undefined || exact(activity['amount']) === 0n
    ? activity['unitPrice'] === undefined || exact(activity['unitPrice']) === 0n
      ? exact(activity['fee'])
      : multiply(exact(activity['quantity']), exact(activity['unitPrice']))
    : exact(activity['amount']);

type Draft = TransactionDraft & { readonly id: string };

/** An activity as one of our transactions; what we have no word for is an error that names it. */
export function readActivity(
  activity: Activity,
  position: number,
  setting: ActivitySetting,
): Transaction {
  const [accountId, toAccountId] = accountsOf(activity);
  const stamp = {
    id: String(activity['id'] ?? `x${position}`),
    accountId,
    effectiveAt: dayOf(activity, setting.timezone),
    position,
  };
  return byType(activity, stamp, toAccountId, setting) as Transaction;
}

interface Stamp {
  readonly id: string;
  readonly accountId: string;
  readonly effectiveAt: string;
  readonly position: number;
}

function byType(
  activity: Activity,
  stamp: Stamp,
  toAccountId: string,
  setting: ActivitySetting,
): Draft {
  const found =
    unitsActivity(activity, stamp, toAccountId, setting) ?? cashActivity(activity, stamp);
  if (!found)
    throw new Error(`no transaction of ours is an activity "${String(activity['type'])}"`);
  return found;
}

/** Activities that move units. */
function unitsActivity(
  activity: Activity,
  stamp: Stamp,
  toAccountId: string,
  setting: ActivitySetting,
): Draft | null {
  const currency = currencyOf(activity);
  const instrumentId = symbolOf(activity);
  const quantity = exact(activity['quantity']);
  const paying = () => ({ instrumentId, quantity, ...tradeMoney(activity, 'in', setting) });
  const receiving = () => ({ instrumentId, quantity, ...tradeMoney(activity, 'out', setting) });
  switch (activity['type']) {
    case 'BUY':
      return activity['assetSubClass'] === 'CASH' ? null : { ...stamp, type: 'buy', ...paying() };
    case 'SELL':
      return { ...stamp, type: 'sell', ...receiving() };
    case 'DELIVERY_IN':
      return { ...stamp, type: 'delivery-in', ...paying() };
    case 'DELIVERY_OUT':
      return { ...stamp, type: 'delivery-out', ...receiving() };
    case 'SPLIT':
      return { ...stamp, type: 'split', instrumentId, ratio: ratioOf(activity['ratio']) };
    case 'TRANSFER': {
      const worth = activity['amount'] === undefined ? {} : { worth: exact(activity['amount']) };
      return {
        ...stamp,
        type: 'transfer',
        toAccountId,
        instrumentId,
        quantity,
        currency,
        ...worth,
      };
    }
    default:
      return null;
  }
}

/** Activities that move money alone. */
function cashActivity(activity: Activity, stamp: Stamp): Draft | null {
  const currency = currencyOf(activity);
  const amount = worthOf(activity);
  const none = { fee: 0n, tax: 0n };
  const of = symbolOf(activity) === '' ? {} : { instrumentId: symbolOf(activity) };
  const opening = {
    ...stamp,
    accountId: 'cash',
    type: 'opening-balance' as const,
    cost: 0n,
    currency,
  };
  switch (activity['type']) {
    case 'BUY':
      return { ...opening, quantity: exact(activity['quantity']) };
    case 'LIABILITY':
      return { ...opening, quantity: -amount };
    case 'DEPOSIT':
      return { ...stamp, type: 'deposit', amount, currency };
    case 'WITHDRAWAL':
      return { ...stamp, type: 'withdrawal', amount, currency };
    case 'INTEREST':
      return { ...stamp, type: 'interest', amount, currency, ...none };
    case 'DIVIDEND':
      return { ...stamp, type: 'dividend', ...of, amount, currency, ...none };
    case 'FEE':
      return { ...stamp, type: 'fee', amount, currency };
    case 'TAX':
      return { ...stamp, type: 'tax', ...of, amount, currency };
    case 'TAX_REFUND':
      return { ...stamp, type: 'tax', ...of, amount: -amount, currency };
    default:
      return null;
  }
}

import {
  type Decimal,
  decimal,
  formatDecimal,
  formatPrice,
  InvariantError,
  type Json,
  type Price,
  price,
} from '@plimsoll/kernel';
import type { Transaction, TransactionDraft } from './transaction.ts';

/** Members that are exact decimals, wherever they stand. */
const decimalMembers: ReadonlySet<string> = new Set([
  'quantity',
  'amount',
  'fee',
  'tax',
  'accrued',
  'cost',
  'costShare',
  'added',
  'worth',
  'new',
  'old',
]);
const priceMembers: ReadonlySet<string> = new Set(['price', 'strike']);

/** A transaction as JSON: exact numbers as decimal text, absent members left out. */
export const transactionToJson = (transaction: Transaction | TransactionDraft): Json =>
  encode(transaction);

function encode(value: unknown): Json {
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value === 'object' && value !== null) return encodeRecord(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  throw new InvariantError(`A transaction holds a ${typeof value}, which has no JSON form`);
}

function encodeRecord(record: object): Json {
  const members: Record<string, Json> = {};
  for (const [key, member] of Object.entries(record)) {
    if (member === undefined) continue;
    if (typeof member === 'bigint') {
      members[key] = priceMembers.has(key) ? formatPrice(member as Price) : formatDecimal(member);
    } else {
      members[key] = encode(member);
    }
  }
  return members;
}

/** Reads back what `transactionToJson` wrote. Text that is not of that form is a bug and crashes. */
export const transactionFromJson = (json: Json): Transaction => decode(json) as Transaction;

function decode(value: Json): unknown {
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value !== 'object' || value === null) return value;
  const record: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    record[key] = decodeMember(key, member as Json);
  }
  return record;
}

function decodeMember(key: string, member: Json): unknown {
  if (typeof member === 'string') {
    if (decimalMembers.has(key)) return decimal(member) satisfies Decimal;
    if (priceMembers.has(key)) return price(member);
  }
  return decode(member);
}

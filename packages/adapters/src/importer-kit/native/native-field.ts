/** The columns that every native file has; any order, any case. */
export const coreFields = [
  'date',
  'type',
  'symbol',
  'quantity',
  'price',
  'amount',
  'fee',
  'tax',
  'currency',
  'account',
  'note',
] as const;

/** What a file may say of an instrument beside its symbol; `to-` and `underlying-` go before them. */
export const instrumentParts = [
  'isin',
  'figi',
  'cusip',
  'mic',
  'exchange',
  'name',
  'kind',
  'multiplier',
  'currency',
  'right',
  'strike',
  'expiry',
] as const;

export type InstrumentPart = (typeof instrumentParts)[number];

/** Which instrument of a row: its own, the other one of an exchange, or what an option is on. */
export type InstrumentRole = '' | 'to-' | 'underlying-' | 'to-underlying-';

const plainFields = [
  'time',
  'id',
  'amount-is',
  'ratio',
  'added',
  'reinvested',
  'accrued',
  'cost',
  'cost-share',
  'opened-on',
  'lots',
  'reason',
  'to-account',
  'fee-currency',
  'tax-currency',
  'charge-currency',
  'settlement-amount',
  'settlement-currency',
  'cash-in-lieu',
  'cash-in-lieu-currency',
  'to',
  'underlying',
  'to-underlying',
  'instrument-currency',
] as const;

type PlainField = (typeof plainFields)[number];

/** A column of the native CSV. */
export type NativeField =
  | (typeof coreFields)[number]
  | PlainField
  | Exclude<`${InstrumentRole}${InstrumentPart}`, 'currency'>;

const roles: readonly InstrumentRole[] = ['', 'to-', 'underlying-', 'to-underlying-'];

/** Every column there is, in the order in which the writer puts those it needs. */
export const nativeFields: readonly NativeField[] = [
  ...coreFields,
  ...plainFields,
  ...roles.flatMap((role) =>
    instrumentParts
      .filter((part) => role !== '' || part !== 'currency')
      .map((part) => `${role}${part}` as NativeField),
  ),
];

/** The column that holds an instrument's symbol. */
export const symbolField = (role: InstrumentRole): NativeField =>
  role === '' ? 'symbol' : (role.slice(0, -1) as NativeField);

/** The column that holds another part of an instrument. */
export const partField = (role: InstrumentRole, part: InstrumentPart): NativeField =>
  role === '' && part === 'currency' ? 'instrument-currency' : (`${role}${part}` as NativeField);

const known = new Map<string, NativeField>(nativeFields.map((field) => [field, field]));

const otherTitles = new Map<string, NativeField>([
  ['ticker', 'symbol'],
  ['shares', 'quantity'],
  ['units', 'quantity'],
  ['qty', 'quantity'],
  ['unit-price', 'price'],
  ['fees', 'fee'],
  ['taxes', 'tax'],
  ['notes', 'note'],
  ['comment', 'note'],
  ['external-id', 'id'],
]);

/** The field that a column title means, `To Account` → `to-account`; null for a title we do not know. */
export function nativeFieldOf(title: string): NativeField | null {
  const plain = title
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '-');
  return known.get(plain) ?? otherTitles.get(plain) ?? null;
}

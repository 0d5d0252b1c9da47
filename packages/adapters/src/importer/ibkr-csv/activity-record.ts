import { isIsin } from '../../importer-kit/ibkr/ibkr-instrument.ts';
import type { IbkrField, IbkrKind, IbkrRecord } from '../../importer-kit/ibkr/ibkr-record.ts';
import type { ActivityInstruments } from './activity-instruments.ts';
import type { ColumnTexts } from './column-texts.ts';

/** One row of an activity statement with the header above it. */
export interface ActivityRow {
  readonly section: string;
  /** `Data`, `SubTotal` … */
  readonly discriminator: string;
  readonly line: number;
  readonly cells: readonly string[];
  readonly columns: ColumnTexts;
}

interface SectionReading {
  readonly kind: IbkrKind;
  /** The kind of cash row, where the section has no column for it. */
  readonly cashType?: (amount: string, description: string) => string;
}

const fixed = (type: string) => (): string => type;

const interestType = (amount: string, description: string): string => {
  if (/coupon|accrued int/i.test(description)) return 'Bond Interest Received';
  return amount.startsWith('-') ? 'Broker Interest Paid' : 'Broker Interest Received';
};

/** Sections whose rows are records of what happened. */
export const activitySections: Readonly<Record<string, SectionReading>> = {
  Trades: { kind: 'trade' },
  'Corporate Actions': { kind: 'corporate-action' },
  Transfers: { kind: 'transfer' },
  'Transaction Fees': { kind: 'transaction-tax' },
  'Sales Tax': { kind: 'sales-tax' },
  'Deposits & Withdrawals': { kind: 'cash', cashType: fixed('Deposits & Withdrawals') },
  Dividends: { kind: 'cash', cashType: fixed('Dividends') },
  'Payment In Lieu Of Dividends': { kind: 'cash', cashType: fixed('Payment In Lieu Of Dividends') },
  'Withholding Tax': { kind: 'cash', cashType: fixed('Withholding Tax') },
  '871(m) Withholding': { kind: 'cash', cashType: fixed('Withholding Tax') },
  Interest: { kind: 'cash', cashType: interestType },
  'Bond Interest': { kind: 'cash', cashType: fixed('Bond Interest Received') },
  Fees: { kind: 'cash', cashType: fixed('Other Fees') },
  'Other Fees': { kind: 'cash', cashType: fixed('Other Fees') },
  'Advisor Fees': { kind: 'cash', cashType: fixed('Advisor Fees') },
  'Commission Adjustments': { kind: 'cash', cashType: fixed('Commission Adjustments') },
};

/** `AAPL(US0378331005) Cash Dividend …`: what a cash row is about. */
function namedIn(description: string): { readonly symbol: string; readonly id: string } {
  const match = /^([A-Z0-9.]+(?: [A-Z]{1,3})?) ?\(([A-Z0-9]{6,12})\)/.exec(description);
  return { symbol: match?.[1] ?? '', id: match?.[2] ?? '' };
}

/** `Comm in USD` heads the fees of conversions. */
const forexFeeTitle = (columns: ColumnTexts): string =>
  columns.titles.find((title) => /^Comm in [A-Z]{3}$/.test(title)) ?? '';

/** Fields that a statement says elsewhere than in a column of their own. */
const elsewhere: Partial<Readonly<Record<IbkrField, (row: ActivityRow) => string>>> = {
  symbol: ({ section, columns, cells }) =>
    activitySections[section]?.kind === 'cash'
      ? namedIn(columns.text(cells, 'description')).symbol
      : '',
  type: ({ section, columns, cells }) =>
    activitySections[section]?.cashType?.(
      columns.text(cells, 'amount'),
      columns.text(cells, 'description'),
    ) ?? '',
  transactionType: ({ columns, cells }) =>
    /cancel/i.test(columns.other(cells, 'DataDiscriminator')) ? 'TradeCancel' : '',
  ibCommission: ({ columns, cells }) => columns.other(cells, forexFeeTitle(columns)),
  ibCommissionCurrency: ({ columns }) => forexFeeTitle(columns).slice(-3),
  taxAmount: ({ columns, cells }) => columns.text(cells, 'amount'),
  taxDescription: ({ columns, cells }) => columns.text(cells, 'description'),
  salesTax: ({ columns, cells }) => columns.other(cells, 'Sales Tax'),
};

/** The text of a field as Flex XML would have it. */
const textOf = (row: ActivityRow, field: IbkrField): string =>
  row.columns.text(row.cells, field) || (elsewhere[field]?.(row) ?? '');

const identity: readonly IbkrField[] = [
  'isin',
  'cusip',
  'description',
  'listingExchange',
  'multiplier',
  'expiry',
  'strike',
  'putCall',
  'subCategory',
  'underlyingSymbol',
];

/** A row of a statement with what its other sections say of the instrument. */
export function activityRecord(
  row: ActivityRow,
  instruments: ActivityInstruments,
  statementAccount: string,
): IbkrRecord {
  const kind = activitySections[row.section]?.kind ?? 'cash';
  const id = namedIn(row.columns.text(row.cells, 'description')).id;
  const text = (field: IbkrField): string => {
    const own = textOf(row, field);
    if (own !== '' || !identity.includes(field) || kind === 'corporate-action') return own;
    if (field === 'isin' && kind === 'cash' && isIsin(id)) return id;
    return instruments.text(textOf(row, 'symbol'), field);
  };
  return {
    kind,
    line: row.line,
    accountId:
      kind === 'transfer'
        ? statementAccount
        : row.columns.other(row.cells, 'Account') || statementAccount,
    text,
    title: (field) => row.columns.title(field),
  };
}

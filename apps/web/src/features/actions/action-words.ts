import type { ActionProposal, CorporateActionReply } from '@plimsoll/contracts';
import type { MarkTone } from '../../ui/Mark.tsx';

export type ActionKind = ActionProposal['kind'];

/** What each kind is called. */
export const kindLabels: Readonly<Record<ActionKind, string>> = {
  split: 'Split',
  dividend: 'Dividend',
  'special-dividend': 'Special dividend',
  'stock-dividend': 'Stock dividend',
  'spin-off': 'Spin-off',
  merger: 'Merger',
  'symbol-change': 'New symbol',
  'return-of-capital': 'Return of capital',
  delisting: 'Delisting',
};

export const actionKinds = Object.keys(kindLabels) as ActionKind[];

/** What a rule of the kind does, in a line. */
export const kindHints: Readonly<Record<ActionKind, string>> = {
  split: 'Units change by the ratio.',
  dividend:
    'The cash is recorded on the day of payment, without tax: add what was withheld yourself.',
  'special-dividend': 'As a dividend.',
  'stock-dividend': 'New units beside the old ones.',
  'spin-off':
    'Units of the child, with their share of the cost. Asks where the share is not known.',
  merger: 'Units become those of the successor, or cash.',
  'symbol-change': 'The same units under a new name.',
  'return-of-capital': 'Cash that lowers the cost.',
  delisting: 'The units leave, for cash where there is some.',
};

/** A figure that a holder may put in place of what was reckoned. */
export type OwnFigure = 'amount' | 'tax' | 'on' | 'costShare' | 'successor';

const figuresOf: Readonly<Record<string, readonly OwnFigure[]>> = {
  dividend: ['amount', 'tax', 'on'],
  'special-dividend': ['amount', 'tax', 'on'],
  'return-of-capital': ['amount', 'on'],
  delisting: ['amount', 'on'],
  'spin-off': ['successor', 'costShare'],
  merger: ['successor'],
  'symbol-change': ['successor'],
};

/** Which figures a proposal takes: by what it records, as a merger may be one for cash. */
export function ownFigures({
  kind,
  transactions,
}: Pick<ActionProposal, 'kind' | 'transactions'>): readonly OwnFigure[] {
  const type = String(transactions[0]?.['type'] ?? kind);
  return figuresOf[type] ?? [];
}

/** What must be said before it can be confirmed. A successor that is not there yet is made by itself. */
export const mustSay = ({ needs }: Pick<ActionProposal, 'needs'>): boolean =>
  needs.includes('costShare');

/** What can be confirmed as it is shown, without another question. */
export const isReady = ({ state, needs }: Pick<ActionProposal, 'state' | 'needs'>): boolean =>
  state === 'open' && needs.length === 0;

const exactText = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** What one transaction records, in a few words: `Dividend, 14 Mar 2026: 18.24 EUR`. */
export function transactionText(
  transaction: Readonly<Record<string, unknown>>,
  words: {
    readonly type: (type: string) => string;
    readonly day: (day: string) => string;
    readonly number: (value: string) => string;
  },
): string {
  const { type, effectiveAt, currency } = transaction;
  const money = (name: string, label: string) => {
    const value = exactText(transaction[name]);
    if (value === null || (name !== 'amount' && Number(value) === 0)) return [];
    return [`${label}${words.number(value)} ${exactText(currency) ?? ''}`.trim()];
  };
  const quantity = exactText(transaction['quantity']);
  const share = exactText(transaction['costShare']);
  const parts = [
    ...ratioText(transaction['ratio']),
    ...(quantity === null ? [] : [`${words.number(quantity)} units`]),
    ...money('amount', ''),
    ...money('tax', 'tax '),
    ...money('fee', 'fee '),
    ...cashText(transaction['boot'], words.number),
    ...(share === null ? [] : [`share of the cost ${words.number(share)}`]),
  ];
  const head = [words.type(String(type)), words.day(String(effectiveAt))].join(', ');
  return parts.length === 0 ? head : `${head}: ${parts.join(', ')}`;
}

const memberOf = (value: unknown, name: string): string | null =>
  typeof value === 'object' && value !== null
    ? exactText((value as Readonly<Record<string, unknown>>)[name])
    : null;

function ratioText(ratio: unknown): string[] {
  const [fresh, old] = [memberOf(ratio, 'new'), memberOf(ratio, 'old')];
  return fresh === null || old === null ? [] : [`${fresh} for ${old}`];
}

function cashText(cash: unknown, number: (value: string) => string): string[] {
  const [amount, currency] = [memberOf(cash, 'amount'), memberOf(cash, 'currency')];
  return amount === null ? [] : [`${number(amount)} ${currency ?? ''} in cash`];
}

/** Proposals of an instrument and a kind. */
export const filterProposals = (
  proposals: readonly ActionProposal[],
  {
    instrument,
    kind,
  }: { readonly instrument?: string | undefined; readonly kind?: string | undefined },
): ActionProposal[] =>
  proposals.filter(
    (one) =>
      (instrument === undefined || one.instrumentId === instrument) &&
      (kind === undefined || one.kind === kind),
  );

/** How many of each kind: `12 dividends, 1 split`. */
export function countByKind(proposals: readonly Pick<ActionProposal, 'kind'>[]): string {
  const counts = new Map<ActionKind, number>();
  for (const { kind } of proposals) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([kind, count]) => `${count} ${plural(kindLabels[kind].toLowerCase(), count)}`)
    .join(', ');
}

function plural(word: string, count: number): string {
  if (count === 1) return word;
  if (word === 'return of capital') return 'returns of capital';
  return `${word}s`;
}

const states: Readonly<Record<ActionProposal['state'], readonly [MarkTone, string]>> = {
  open: ['wait', 'Open'],
  settled: ['ok', 'In the record already'],
  confirmed: ['ok', 'Confirmed'],
  declined: ['none', 'Declined'],
};

export const stateOf = ({ state }: Pick<ActionProposal, 'state'>) => {
  const [tone, word] = states[state];
  return { tone, word };
};

/** `4:1`, `0.24 USD per unit`, `0.5 XYZ per unit`. */
export function valueText({ kind, value, currency, other, second }: CorporateActionReply): string {
  switch (kind) {
    case 'split':
      return `${value}${value.includes(':') ? '' : ':1'}`;
    case 'stock-dividend':
      return `${value} new per unit`;
    case 'spin-off':
      return `${value} ${other ?? ''} per unit`.replace('  ', ' ');
    case 'merger': {
      const cash = second === null ? '' : `${second} ${currency ?? ''} in cash`.trim();
      const units = Number(value) === 0 ? '' : `${value} ${other ?? ''}`.trim();
      return `${[units, cash].filter((text) => text !== '').join(' and ')} per unit`;
    }
    case 'symbol-change':
      return `now ${other ?? ''}`.trim();
    default:
      return `${value} ${currency ?? ''} per unit`.replace('  ', ' ');
  }
}

/** Which fields the form of one by hand shows for a kind, and what they mean there. */
export interface EntryFields {
  readonly value: { readonly label: string; readonly hint: string } | null;
  readonly cash: boolean;
  readonly other: { readonly label: string; readonly optional: boolean } | null;
  readonly second: { readonly label: string; readonly hint: string } | null;
  readonly pays: boolean;
}

const perUnit = { label: 'Cash per unit', hint: 'Before tax.' } as const;
const nothing = { cash: false, other: null, second: null, pays: false } as const;

export function entryFields(kind: ActionKind): EntryFields {
  switch (kind) {
    case 'split':
      return {
        ...nothing,
        value: { label: 'Ratio', hint: 'New to old: 4:1 is four for one, 1:20 one for twenty.' },
      };
    case 'dividend':
    case 'special-dividend':
    case 'return-of-capital':
      return { ...nothing, value: perUnit, cash: true, pays: true };
    case 'delisting':
      return { ...nothing, value: { ...perUnit, hint: '0 where there is none.' }, cash: true };
    case 'stock-dividend':
      return {
        ...nothing,
        value: { label: 'New units per unit', hint: '0.05 is one for twenty.' },
      };
    case 'spin-off':
      return {
        ...nothing,
        value: { label: 'Units of the child per unit', hint: '0.25 is one for four.' },
        other: { label: 'Symbol of the child', optional: false },
        second: { label: 'Share of the cost', hint: 'That goes to the child, 0 to 1.' },
      };
    case 'merger':
      return {
        ...nothing,
        value: { label: 'Units of the successor per unit', hint: '0 where it is for cash only.' },
        cash: true,
        other: { label: 'Symbol of the successor', optional: true },
        second: { label: 'Cash per unit', hint: 'Beside the units.' },
      };
    case 'symbol-change':
      return { ...nothing, value: null, other: { label: 'New symbol', optional: false } };
    default:
      return kind satisfies never;
  }
}

import type { Currency, Identifiers, InstrumentKind, TransactionDraft } from '@plimsoll/domain';
import type { Decimal, Price } from '@plimsoll/kernel';

/** A file as the user gave it, already decoded. */
export interface ImportFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The bytes as text: BOM removed, UTF-16 or Windows-1252 recognised; line ends as they are. */
  readonly text: string;
}

/** What a file says of an instrument; the engine finds or makes the instrument that it means. */
export interface InstrumentHint extends Identifiers {
  readonly name?: string;
  readonly kind?: InstrumentKind;
  readonly currency?: Currency;
  readonly exchange?: string;
  /** Units of the underlying per contract, where not 1. */
  readonly multiplier?: Decimal;
  /** Currency per quoted price unit, where not 1: 0.01 where prices are in pence. */
  readonly priceFactor?: Price;
  readonly option?: {
    readonly underlying: InstrumentHint;
    readonly right: 'call' | 'put';
    readonly strike: Decimal;
    readonly expiresOn: string;
  };
}

type WithHints<T> = T extends unknown
  ? {
      [K in keyof T as K extends
        | 'accountId'
        | 'toAccountId'
        | 'position'
        | 'instrumentId'
        | 'childId'
        | 'intoId'
        | 'reinvested'
        ? never
        : K]: T[K];
    } & {
      readonly [K in Extract<
        keyof T,
        'instrumentId' | 'childId' | 'intoId'
      > as K extends 'instrumentId'
        ? 'instrument'
        : K extends 'childId'
          ? 'child'
          : 'into']: undefined extends T[K] ? InstrumentHint | undefined : InstrumentHint;
    } & (T extends { type: 'transfer' } ? { readonly toAccount: string } : unknown) &
      (T extends { reinvested?: unknown }
        ? {
            readonly reinvested?: {
              readonly instrument: InstrumentHint;
              readonly quantity: Decimal;
            };
          }
        : unknown)
  : never;

/**
 * A transaction as a file states it: a `TransactionDraft` whose instruments are hints
 * (`instrument`, `child`, `into`, `reinvested.instrument`), whose other account is a name
 * (`toAccount`) and which has no account, position or id yet.
 */
export type ImportedTransaction = WithHints<TransactionDraft>;

export interface ImportedRow {
  /** First line of the file it was read from, 1-based. */
  readonly line: number;
  /** All lines that were joined into it, where more than one. */
  readonly lines?: readonly number[];
  /** The broker's own id of this very transaction, unique in the account; not an order id shared by fills. */
  readonly externalId?: string;
  /** Name of the account within the file, where one file holds several. */
  readonly account?: string;
  readonly transaction: ImportedTransaction;
}

/** A row that cannot be taken, and what would mend it. */
export interface RefusedRow {
  readonly line: number;
  /** The column's title in the file; null where the row as a whole is at fault. */
  readonly column: string | null;
  /** The offending text, cut to 80 characters. */
  readonly value: string;
  /** `import.…` code, never renamed. */
  readonly code: string;
  /** One sentence that says what is wrong. */
  readonly reason: string;
  /** One sentence that says what would mend it. */
  readonly fix: string;
}

/** A row that is rightly no transaction: a cash sweep, a cancelled order, a total. */
export interface IgnoredRow {
  readonly line: number;
  readonly reason: string;
}

/** What the file itself says the outcome is, to check ours against. */
export interface StatedTotals {
  /** Cash by currency at the end of the file. */
  readonly cash?: Readonly<Record<Currency, Decimal>>;
  /** Units by ISIN or symbol at the end of the file. */
  readonly holdings?: Readonly<Record<string, Decimal>>;
}

export interface ParsedFile {
  readonly rows: readonly ImportedRow[];
  readonly refused: readonly RefusedRow[];
  readonly ignored: readonly IgnoredRow[];
  /** The account's currency as the file shows it. */
  readonly currency?: Currency;
  readonly totals?: StatedTotals;
}

/** Choices the user may make; absent where the file decides. */
export interface ImportOptions {
  /** For formats that do not state it. */
  readonly currency?: Currency;
  /** For the mapped CSV: which column means what. */
  readonly mapping?: ColumnMapping;
}

/** Which column of any CSV means what. Saved under a name and found again by its header. */
export interface ColumnMapping {
  readonly name: string;
  /** Field of the native CSV → column title in the file. */
  readonly columns: Readonly<Record<string, string>>;
  /** The file's word → transaction type, `Kauf` → `buy`. */
  readonly types: Readonly<Record<string, string>>;
  readonly dateFormat: 'iso' | 'dmy' | 'mdy' | 'ymd';
  readonly decimal: '.' | ',';
  readonly delimiter?: ',' | ';' | '\t' | '|';
  /** For columns the file lacks, such as one account or currency for all rows. */
  readonly constants?: Readonly<Record<string, string>>;
}

/**
 * Reads one broker's format. Pure: bytes in, rows out, never a throw on bad input — a file that
 * cannot be read at all is one refused row on line 1.
 */
export interface Importer {
  readonly id: string;
  /** `DEGIRO account statement (CSV)`. */
  readonly title: string;
  /** How sure it is that the file is its own: 0 no, 1 certain. Looks at the head only. */
  detect(file: ImportFile): number;
  parse(file: ImportFile, options: ImportOptions): ParsedFile;
  /** Where the format needs a column mapping: one to begin with, as the file's titles suggest; null if they suggest none. */
  suggest?(file: ImportFile): ColumnMapping | null;
}

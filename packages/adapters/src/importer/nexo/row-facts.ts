import { absolute, type Decimal, ok } from '@plimsoll/kernel';
import { all, isFiat, type Read, type Row, whenFields } from '../../importer-kit/index.ts';

/** What every row states. */
export interface Facts {
  readonly head: { readonly effectiveAt: string; readonly time?: string };
  readonly given: Side;
  readonly received: Side;
  /** Worth in US dollars, as Nexo states it. */
  readonly worth: Decimal;
}

/** One side of a row; the quantity is always positive. */
export interface Side {
  /** `EURX` and `USDX` are euros and dollars. */
  readonly code: string;
  readonly quantity: Decimal;
  readonly isCash: boolean;
}

const cashTokens: Readonly<Record<string, string>> = { EURX: 'EUR', GBPX: 'GBP', USDX: 'USD' };

const sideOf = (code: string, amount: Decimal): Side => {
  const plain = cashTokens[code] ?? code;
  return { code: plain, quantity: absolute(amount), isCash: isFiat(plain) };
};

/** Reads the figures that rows of all types share. */
export function factsOf(row: Row): Read<Facts> {
  const read = all({
    when: row.when('Date / Time (UTC)'),
    inputCode: row.required('Input Currency'),
    input: row.decimal('Input Amount'),
    outputCode: row.required('Output Currency'),
    output: row.decimal('Output Amount'),
    worth: row.decimal('USD Equivalent'),
  });
  if (!read.ok) return read;
  const { when, inputCode, input, outputCode, output, worth } = read.value;
  if (input === 0n || output === 0n) {
    return row.refuseCell(input === 0n ? 'Input Amount' : 'Output Amount', {
      code: 'import.zero',
      reason: 'The row moves nothing.',
      fix: 'Correct the amount, or leave the row out.',
    });
  }
  return ok({
    head: whenFields(when),
    given: sideOf(inputCode, input),
    received: sideOf(outputCode, output),
    worth: absolute(worth),
  });
}

import { whole } from '@plimsoll/kernel';
import type { InstrumentHint } from '@plimsoll/ports';
import { readDay, readNumber } from '../../importer-kit/index.ts';

const optionSymbol = /^([A-Z][A-Z0-9./]{0,6}) (\d{2}\/\d{2}\/\d{4}) ([\d,.]{1,12}) ([CP])$/;

/** Reads `AAPL 01/19/2024 150.00 C`; undefined where the symbol is none of an option. */
export function optionHint(symbol: string, description: string): InstrumentHint | undefined {
  const match = optionSymbol.exec(symbol);
  if (!match) return undefined;
  const [, underlying = '', expiry = '', strikeText = '', letter] = match;
  const expiresOn = readDay(expiry, 'mdy');
  const strike = readNumber(strikeText, { decimal: '.' });
  if (!expiresOn.ok || !strike.ok) return undefined;
  return {
    symbol,
    ...(description === '' ? {} : { name: description }),
    kind: 'option',
    currency: 'USD',
    multiplier: whole(100),
    option: {
      underlying: { symbol: underlying, currency: 'USD' },
      right: letter === 'C' ? 'call' : 'put',
      strike: strike.value,
      expiresOn: expiresOn.value.day,
    },
  };
}

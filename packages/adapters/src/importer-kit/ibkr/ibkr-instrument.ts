import type { InstrumentKind } from '@plimsoll/domain';
import { one } from '@plimsoll/kernel';
import type { InstrumentHint } from '@plimsoll/ports';
import { quotedIn } from '../pence.ts';
import { readNumber } from '../read-number.ts';
import { readIbkrDay } from './ibkr-day.ts';
import type { IbkrReading } from './ibkr-reading.ts';

/** How the broker's asset categories are called in its several reports. */
const categories: Readonly<Record<string, string>> = {
  stocks: 'STK',
  'mutual funds': 'FUND',
  bonds: 'BOND',
  'treasury bills': 'BILL',
  'equity and index options': 'OPT',
  forex: 'CASH',
  warrants: 'WAR',
  futures: 'FUT',
  'futures options': 'FOP',
  'options on futures': 'FOP',
  cfds: 'CFD',
  'forex cfds': 'FXCFD',
  crypto: 'CRYPTO',
  cryptocurrencies: 'CRYPTO',
  'structured products': 'IOPT',
  metals: 'CMDTY',
};

/** The asset category as Flex XML writes it, `STK`, `OPT`, `CASH`; `''` where not stated. */
export function categoryOf(reading: IbkrReading): string {
  const text = reading.text('assetCategory');
  return categories[text.toLowerCase()] ?? text;
}

const kinds: Readonly<Record<string, InstrumentKind>> = {
  FUND: 'fund',
  BOND: 'bond',
  BILL: 'bond',
  OPT: 'option',
  CRYPTO: 'crypto',
  CMDTY: 'commodity',
};

const equityKinds: Readonly<Record<string, InstrumentKind>> = {
  ETF: 'etf',
  COMMON: 'equity',
  ADR: 'equity',
  PREFERRED: 'equity',
  REIT: 'equity',
};

const isinShape = /^[A-Z]{2}[A-Z0-9]{9}\d$/;

export const isIsin = (text: string): boolean => isinShape.test(text);

/** Only the parts that are there. */
const filled = (parts: Readonly<Record<string, string>>): InstrumentHint =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== ''));

function isinOf(reading: IbkrReading): string {
  const id = reading.text('securityID');
  return [reading.text('isin'), id].find(isIsin) ?? '';
}

/** `VXX 17SEP11 5.0 C`: how symbols and descriptions spell the terms. */
const spelledTerms = /^(\S+) +(\d\d[A-Z]{3}\d\d) +(\d+(?:\.\d+)?) +([CP])$/;

/** The terms as columns or, where the report has none, as the symbol or description spells them. */
function termsOf(reading: IbkrReading) {
  const spelled =
    spelledTerms.exec(reading.text('symbol')) ?? spelledTerms.exec(reading.text('description'));
  const expiry = reading.text('expiry') || (spelled?.[2] ?? '');
  const spelledDay = /^(\d\d)([A-Z])([A-Z]{2})(\d\d)$/.exec(expiry);
  return {
    underlying: reading.text('underlyingSymbol') || (reading.text('symbol').split(' ')[0] ?? ''),
    right: (reading.text('putCall') || (spelled?.[4] ?? '')).charAt(0).toUpperCase(),
    strike: readNumber(reading.text('strike') || (spelled?.[3] ?? ''), { decimal: '.' }),
    expiresOn: readIbkrDay(
      spelledDay
        ? `${spelledDay[1]}-${spelledDay[2]}${spelledDay[3]?.toLowerCase()}-${spelledDay[4]}`
        : expiry,
    ),
  };
}

function optionTerms(reading: IbkrReading): Pick<InstrumentHint, 'option'> {
  const { underlying, right, strike, expiresOn } = termsOf(reading);
  if (strike.ok && expiresOn.ok && (right === 'C' || right === 'P')) {
    return {
      option: {
        underlying: { symbol: underlying },
        right: right === 'C' ? 'call' : 'put',
        strike: strike.value,
        expiresOn: expiresOn.value.day,
      },
    };
  }
  reading.refuse({
    field: 'symbol',
    code: 'import.option-terms',
    reason:
      'The row trades an option, but does not say its strike, its expiry and whether it is a put or a call.',
    fix: 'Add Strike, Expiry, Put/Call and Multiplier to the report.',
  });
  return {};
}

/** What the record says of the instrument it is about. */
export function instrumentOf(reading: IbkrReading): InstrumentHint {
  const category = categoryOf(reading);
  const kind = kinds[category] ?? equityKinds[reading.text('subCategory').toUpperCase()];
  const multiplier = reading.decimal('multiplier');
  const unit = reading.text('currency');
  if (unit !== '') reading.currencyIn('currency');
  const isCash = reading.record.kind !== 'trade';
  const hint: InstrumentHint = {
    ...filled({
      isin: isinOf(reading),
      figi: reading.text('figi'),
      cusip: reading.text('cusip'),
      symbol: reading.text('symbol'),
      name: isCash ? '' : reading.text('description'),
      exchange: reading.text('listingExchange'),
    }),
    // What an instrument pays may be in another currency than what it is priced in.
    ...(isCash || unit === '' ? {} : quotedIn(unit)),
    ...(kind ? { kind } : {}),
    ...(multiplier !== undefined && multiplier > 0n && multiplier !== one ? { multiplier } : {}),
  };
  if (!hint.isin && !hint.symbol && !hint.cusip && !hint.figi) {
    reading.refuse({
      field: 'symbol',
      code: 'import.missing-instrument',
      reason: 'The row does not say which instrument it is about.',
      fix: 'Add Symbol and ISIN to the report.',
    });
  }
  return category === 'OPT' && !isCash ? { ...hint, ...optionTerms(reading) } : hint;
}

/** Text that tells one instrument of a report from another. */
export const instrumentKey = (hint: InstrumentHint): string =>
  hint.isin ?? hint.symbol ?? hint.cusip ?? hint.figi ?? '';

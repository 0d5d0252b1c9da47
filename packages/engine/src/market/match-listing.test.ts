import { type Instrument, plainInstrument } from '@plimsoll/domain';
import { describe, expect, it } from 'vitest';
import { ListingIndex, mayBeListed, newListing } from './match-listing.ts';
import { neededRates } from './needed-rates.ts';

const share = (fields: Partial<Instrument>): Instrument =>
  plainInstrument({ id: 'x', kind: 'equity', name: 'X', currency: 'USD', ...fields });

const apple = share({ id: 'apple', isin: 'US0378331005', symbol: 'AAPL', mic: 'XNAS' });
const vodafone = share({ id: 'vod', symbol: 'VOD', mic: 'XLON', currency: 'GBP' });
const index = new ListingIndex([apple, vodafone]);
const found = (fields: Partial<Instrument>) => index.find(share(fields))?.listingId ?? null;

describe('the listing of an instrument', () => {
  it.each([
    ['its ISIN in its currency', { isin: 'US0378331005' }, 'apple'],
    ['its symbol and venue', { symbol: 'VOD', mic: 'XLON', currency: 'GBP' }, 'vod'],
    ['its symbol where one has it', { symbol: 'aapl' }, 'apple'],
    ['its symbol, called a fund', { symbol: 'AAPL', kind: 'etf' as const }, 'apple'],
  ])('is found by %s', (_, fields, id) => {
    expect(found(fields)).toBe(id);
  });

  it.each([
    ['another currency', { isin: 'US0378331005', currency: 'EUR' }],
    ['another ISIN', { isin: 'US5949181045', symbol: 'AAPL' }],
    ['another venue', { symbol: 'AAPL', mic: 'XMEX' }],
    ['another kind', { symbol: 'AAPL', kind: 'crypto' as const }],
    ['no name at all', {}],
  ])('is another one with %s', (_, fields) => {
    expect(found(fields)).toBeNull();
  });

  it('is not guessed where two have the symbol', () => {
    const two = new ListingIndex([apple, share({ id: 'other', symbol: 'AAPL', mic: 'XMEX' })]);
    expect(two.find(share({ symbol: 'AAPL' }))).toBeNull();
  });
});

describe('a new listing', () => {
  it('has the public names of the instrument and nothing else of it', () => {
    const mine = share({ id: 'mine', name: 'For Anna', isin: 'US0378331005', symbol: 'AAPL' });
    const made = newListing(mine, 'new');
    expect(made).toMatchObject({ ok: true, value: { id: 'new', name: 'US0378331005' } });
  });

  it.each([
    ['no name', {}],
    ['a symbol in euros without a venue', { symbol: 'SAP', currency: 'EUR' }],
    ['an unknown currency', { symbol: 'AAPL', currency: 'XXX' }],
  ])('is not made of %s', (_, fields) => {
    expect(newListing(share(fields), 'new').ok).toBe(false);
  });

  it('is never made of what is private or simulated', () => {
    expect(mayBeListed(share({ simulated: true }))).toBe(false);
    expect(mayBeListed(share({ kind: 'option' }))).toBe(false);
    expect(mayBeListed(apple)).toBe(true);
  });
});

describe('the exchange rates that are needed', () => {
  const none: never[] = [];
  const rates = (...instruments: Instrument[]) =>
    neededRates(instruments, none, none).map(({ symbol }) => symbol);

  it('are those of the euro in each currency', () => {
    expect(rates(apple, vodafone)).toEqual(['EURGBP', 'EURUSD']);
    expect(rates(apple, share({ currency: 'EUR' }))).toEqual(['EURUSD']);
    expect(rates(apple)).toEqual([]);
  });

  it('are none that are there in either direction, and none of coins', () => {
    const rate = share({ kind: 'fx', symbol: 'USDEUR', currency: 'EUR' });
    expect(rates(apple, rate)).toEqual([]);
    expect(rates(apple, share({ currency: 'BTCX' }))).toEqual([]);
  });
});

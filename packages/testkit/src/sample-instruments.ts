import { type Instrument, plainInstrument } from '@plimsoll/domain';
import { decimal, price, whole } from '@plimsoll/kernel';

/** Currencies of the generated ledgers. */
export const sampleCurrencies = ['EUR', 'USD', 'GBP', 'CHF'] as const;

/**
 * One instrument of each kind that valuation treats differently: own and foreign currency, quoted in
 * pence, contracts of 100, a multiplier below one, never priced by a market.
 */
export const sampleInstruments: readonly Instrument[] = [
  plainInstrument({ id: 'eur-share', kind: 'equity', name: 'Euro share', currency: 'EUR' }),
  plainInstrument({ id: 'usd-share', kind: 'equity', name: 'Dollar share', currency: 'USD' }),
  plainInstrument({
    id: 'pence-share',
    kind: 'equity',
    name: 'Pence share',
    currency: 'GBP',
    priceFactor: price('0.01'),
  }),
  plainInstrument({ id: 'chf-child', kind: 'equity', name: 'Franc child', currency: 'CHF' }),
  plainInstrument({ id: 'usd-child', kind: 'equity', name: 'Dollar child', currency: 'USD' }),
  plainInstrument({ id: 'coin', kind: 'crypto', name: 'Unlisted coin', currency: 'USD' }),
  plainInstrument({
    id: 'bond',
    kind: 'bond',
    name: 'Bond in percent',
    currency: 'EUR',
    multiplier: decimal('0.01'),
  }),
  plainInstrument({
    id: 'call',
    kind: 'option',
    name: 'Call on the dollar share',
    currency: 'USD',
    multiplier: whole(100),
    option: {
      underlyingId: 'usd-share',
      right: 'call',
      strike: price('95.5'),
      expiresOn: '2030-01-18',
    },
  }),
  plainInstrument({
    id: 'put',
    kind: 'option',
    name: 'Put on the euro share',
    currency: 'EUR',
    multiplier: whole(100),
    option: {
      underlyingId: 'eur-share',
      right: 'put',
      strike: price('80'),
      expiresOn: '2030-01-18',
    },
  }),
];

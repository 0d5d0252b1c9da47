import { bandedStrategy } from '../../strategy-kit/banded-strategy.ts';
import { instrumentNamed } from '../../strategy-kit/tradable.ts';

/** Shares as published. */
const shares = {
  stocks: 0.3,
  longBonds: 0.4,
  middleBonds: 0.15,
  gold: 0.075,
  commodities: 0.075,
} as const;

const names = Object.keys(shares) as (keyof typeof shares)[];

export default bandedStrategy({
  id: 'all-weather',
  title: 'All weather',
  summary:
    'Holds 30 % shares, 40 % long and 15 % middling government bonds, 7.5 % gold and 7.5 % commodities, so that growth and inflation may each rise or fall. Half of it and more is in bonds: it lived through falling rates for forty years, and 2022 was its weather too.',
  source: 'Robbins, Money: Master the Game, 2014, after Ray Dalio',
  params: {
    stocks: { kind: 'text', title: 'Id of the shares' },
    longBonds: { kind: 'text', title: 'Id of the long government bonds' },
    middleBonds: { kind: 'text', title: 'Id of the middling government bonds' },
    gold: { kind: 'text', title: 'Id of gold' },
    commodities: { kind: 'text', title: 'Id of commodities' },
  },
  instruments: { min: 5 },
  check: (params) =>
    new Set(names.map((name) => params[name])).size === names.length
      ? null
      : `${names.join(', ')} must name five instruments`,
  shares: (params, instruments) =>
    new Map(names.map((name) => [instrumentNamed(instruments, params[name], name), shares[name]])),
});

import { bandedStrategy } from '../../strategy-kit/banded-strategy.ts';
import { instrumentNamed } from '../../strategy-kit/tradable.ts';

export default bandedStrategy({
  id: 'sixty-forty',
  title: '60/40',
  summary:
    'Holds sixty parts of shares and forty of bonds, brought back each year and whenever one is off by five points of a hundred. Bonds mostly hold when shares fall, as long as it is not inflation that both fall for.',
  source: 'Jaconetti, Kinniry, Zilbering, Best Practices for Portfolio Rebalancing, Vanguard, 2010',
  params: {
    stocks: { kind: 'text', title: 'Id of the shares' },
    bonds: { kind: 'text', title: 'Id of the bonds' },
    share: {
      kind: 'number',
      title: 'Share of the shares',
      min: 0,
      max: 1,
      default: 0.6,
    },
  },
  instruments: { min: 2 },
  check: ({ stocks, bonds }) =>
    stocks === bonds ? `stocks and bonds are both ${stocks}; name two instruments` : null,
  shares: ({ stocks, bonds, share }, instruments) =>
    new Map([
      [instrumentNamed(instruments, stocks, 'stocks'), share],
      [instrumentNamed(instruments, bonds, 'bonds'), 1 - share],
    ]),
});

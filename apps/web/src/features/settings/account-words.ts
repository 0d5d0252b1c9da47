import type { Account } from '@plimsoll/contracts';

/** What the settings of an account mean, in the words of the page. */
export const lotMethods: Readonly<Record<Account['lotMethod'], string>> = {
  fifo: 'First in, first out',
  lifo: 'Last in, first out',
  hifo: 'Highest cost first',
  lofo: 'Lowest cost first',
  average: 'Average cost',
  specific: 'Chosen lot by lot',
};

export const feeTreatments: Readonly<Record<Account['fees'], string>> = {
  capitalised: 'Part of cost and proceeds',
  expensed: 'Apart, as an expense',
};

export const cashTrackings: Readonly<Record<Account['cash'], string>> = {
  auto: 'As its files say',
  tracked: 'Tracked',
  untracked: 'Not tracked: buys are paid in',
};

/** The settings in a line. */
export function inWords(account: Account): string {
  const parts = [
    lotMethods[account.lotMethod],
    account.fees === 'expensed' ? 'fees apart' : 'fees in cost',
    account.cash === 'auto'
      ? 'cash as its files say'
      : account.cash === 'tracked'
        ? 'cash tracked'
        : 'cash not tracked',
    ...(account.allowShort ? ['shorting allowed'] : []),
  ];
  return parts.join(', ');
}

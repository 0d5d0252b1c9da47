import { type Account, lotMethods } from '@plimsoll/domain';
import { seededRandom } from '@plimsoll/kernel';
import { Draw } from './draw.ts';
import { sampleCurrencies } from './sample-instruments.ts';

/** Three accounts of every make: lot method, fee treatment, with or without cash, short or not. */
export function sampleAccounts(seed: number): Account[] {
  const draw = new Draw(seededRandom(seed).integer(2 ** 31));
  return ['a', 'b', 'c'].map((id) => ({
    id,
    name: `Account ${id}`,
    currency: draw.pick(sampleCurrencies),
    lotMethod: draw.pick(lotMethods),
    cash: draw.chance(70) ? 'tracked' : 'untracked',
    fees: draw.chance(50) ? 'capitalised' : 'expensed',
    allowShort: draw.chance(50),
  }));
}

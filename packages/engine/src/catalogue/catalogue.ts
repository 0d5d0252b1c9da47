import {
  type Account,
  type Instrument,
  instrumentLabel,
  type Portfolio,
  plainInstrument,
  sectorOf,
} from '@plimsoll/domain';
import { ok, parseDecimal, parsePrice, type Result } from '@plimsoll/kernel';
import type { UnitOfWork } from '@plimsoll/ports';
import type { AccountChange, NewAccount, NewInstrument, NewPortfolio } from '../engine.ts';
import { type EngineFault, fault } from '../engine-fault.ts';
import type { AccountView, InstrumentView, PortfolioView } from '../views.ts';
import { accountView, instrumentView, portfolioView } from './catalogue-views.ts';

type Outcome<T> = Promise<Result<T, EngineFault>>;

const sameName = (a: string, b: string): boolean =>
  a.trim().toLowerCase() === b.trim().toLowerCase();

/** By id, or by name in any case. */
export const findAccount = (accounts: readonly Account[], wanted: string): Account | undefined =>
  accounts.find(({ id }) => id === wanted) ?? accounts.find(({ name }) => sameName(name, wanted));

export const newAccount = (id: string, account: NewAccount): Account => ({
  id,
  name: account.name.trim(),
  currency: account.currency,
  lotMethod: account.lotMethod ?? 'fifo',
  cash: account.cash ?? 'auto',
  fees: account.fees ?? 'capitalised',
  allowShort: account.allowShort ?? false,
});

export async function createAccount(
  unit: UnitOfWork,
  id: string,
  wanted: NewAccount,
): Outcome<AccountView> {
  const accounts = await unit.catalogue.accounts();
  if (accounts.some(({ name }) => sameName(name, wanted.name))) {
    return fault('account.exists', `There is an account "${wanted.name}" already.`);
  }
  const account = newAccount(id, wanted);
  await unit.catalogue.saveAccount(account);
  return ok(accountView(account));
}

export async function changeAccount(
  unit: UnitOfWork,
  id: string,
  change: AccountChange,
): Outcome<AccountView> {
  const accounts = await unit.catalogue.accounts();
  const account = findAccount(accounts, id);
  if (!account) return fault('account.unknown', `There is no account "${id}".`);
  const given = Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  );
  const changed: Account = { ...account, ...given };
  const twin = accounts.find((one) => one.id !== account.id && sameName(one.name, changed.name));
  if (twin) return fault('account.exists', `There is an account "${twin.name}" already.`);
  await unit.catalogue.saveAccount(changed);
  return ok(accountView(changed));
}

async function checkedPortfolio(
  unit: UnitOfWork,
  id: string,
  wanted: NewPortfolio,
): Outcome<Portfolio> {
  const accounts = await unit.catalogue.accounts();
  const missing = wanted.accountIds.find(
    (accountId) => !accounts.some((one) => one.id === accountId),
  );
  if (missing !== undefined) return fault('account.unknown', `There is no account "${missing}".`);
  if (wanted.benchmarkId) {
    const instruments = await unit.catalogue.instruments();
    if (!instruments.some((one) => one.id === wanted.benchmarkId)) {
      return fault('instrument.unknown', `There is no instrument "${wanted.benchmarkId}".`);
    }
  }
  const twin = (await unit.catalogue.portfolios()).find(
    (one) => one.id !== id && sameName(one.name, wanted.name),
  );
  if (twin || wanted.name.trim().toLowerCase() === 'all') {
    return fault('request.invalid', `The name "${wanted.name}" is taken by another portfolio.`);
  }
  return ok({
    id,
    name: wanted.name.trim(),
    currency: wanted.currency,
    accountIds: [...new Set(wanted.accountIds)],
    ...(wanted.benchmarkId ? { benchmarkId: wanted.benchmarkId } : {}),
  });
}

export async function savePortfolio(
  unit: UnitOfWork,
  id: string,
  wanted: NewPortfolio,
): Outcome<PortfolioView> {
  const checked = await checkedPortfolio(unit, id, wanted);
  if (!checked.ok) return checked;
  await unit.catalogue.savePortfolio(checked.value);
  return ok(portfolioView(checked.value));
}

export async function findPortfolio(unit: UnitOfWork, id: string): Outcome<Portfolio> {
  const found = (await unit.catalogue.portfolios()).find(
    (one) => one.id === id || sameName(one.name, id),
  );
  return found ? ok(found) : fault('portfolio.unknown', `There is no portfolio "${id}".`);
}

/** Members of an instrument as given; what is wrong with one of them is named. */
function instrumentFrom(id: string, wanted: NewInstrument): Result<Instrument, EngineFault> {
  const multiplier = parseDecimal(wanted.multiplier ?? '1');
  if (!multiplier.ok) return fault('request.invalid', `multiplier: ${multiplier.fault.detail}`);
  const priceFactor = parsePrice(wanted.priceFactor ?? '1');
  if (!priceFactor.ok) return fault('request.invalid', `priceFactor: ${priceFactor.fault.detail}`);
  if (multiplier.value <= 0n || priceFactor.value <= 0n) {
    return fault('request.invalid', 'multiplier and priceFactor must be more than 0.');
  }
  const { isin, figi, cusip, symbol, mic, country } = wanted;
  const { industryGroup, industry, industryCode, assetClass, subClass } = wanted;
  // Yahoo's and Morningstar's words become the one name; what is none of the eleven is kept as said.
  const sector = sectorOf(wanted.sector ?? '')?.name ?? wanted.sector;
  const classified = { sector, industryGroup, industry, industryCode, assetClass, subClass };
  const optional = Object.fromEntries(
    Object.entries({ isin, figi, cusip, symbol, mic, country, ...classified }).filter(
      ([, value]) => value,
    ),
  );
  return ok(
    plainInstrument({
      id,
      kind: wanted.kind,
      name: wanted.name.trim(),
      currency: wanted.currency,
      multiplier: multiplier.value,
      priceFactor: priceFactor.value,
      ...optional,
    }),
  );
}

function instrumentTwin(
  instruments: readonly Instrument[],
  one: Instrument,
): Instrument | undefined {
  return instruments.find(
    (other) =>
      other.id !== one.id &&
      ((one.isin !== undefined && other.isin === one.isin && other.currency === one.currency) ||
        (one.symbol !== undefined && other.symbol === one.symbol && other.mic === one.mic)),
  );
}

export async function createInstrument(
  unit: UnitOfWork,
  id: string,
  wanted: NewInstrument,
): Outcome<InstrumentView> {
  return saveInstrument(unit, instrumentFrom(id, wanted));
}

export async function changeInstrument(
  unit: UnitOfWork,
  id: string,
  change: Partial<NewInstrument>,
): Outcome<InstrumentView> {
  const known = (await unit.catalogue.instruments()).find((one) => one.id === id);
  if (!known) return fault('instrument.unknown', `There is no instrument "${id}".`);
  const { option, simulated } = known;
  const merged = instrumentFrom(id, { ...instrumentView(known), ...change } as NewInstrument);
  if (!merged.ok) return merged;
  return saveInstrument(unit, ok({ ...merged.value, simulated, ...(option ? { option } : {}) }));
}

async function saveInstrument(
  unit: UnitOfWork,
  instrument: Result<Instrument, EngineFault>,
): Outcome<InstrumentView> {
  if (!instrument.ok) return instrument;
  const twin = instrumentTwin(await unit.catalogue.instruments(), instrument.value);
  if (twin) {
    return fault('instrument.exists', `${instrumentLabel(twin)} (${twin.name}) is known already.`, {
      id: twin.id,
    });
  }
  await unit.catalogue.saveInstruments([instrument.value]);
  return ok(instrumentView(instrument.value));
}

import type { AccountView, Engine, InstrumentView, PortfolioView } from '@plimsoll/engine';
import { CommandRefusal, taken } from './refusals.ts';

const same = (a: string | null, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

/** The account of that id or name; undefined where there is none. */
export async function findAccount(
  engine: Engine,
  workspace: string,
  wanted: string,
): Promise<AccountView | undefined> {
  const accounts = taken(await engine.accounts(workspace));
  return (
    accounts.find(({ id }) => id === wanted) ?? accounts.find(({ name }) => same(name, wanted))
  );
}

/** The account of that id or name, or a refusal that lists those there are. */
export async function theAccount(
  engine: Engine,
  workspace: string,
  wanted: string,
): Promise<AccountView> {
  const found = await findAccount(engine, workspace, wanted);
  if (found) return found;
  const names = taken(await engine.accounts(workspace)).map(({ name }) => name);
  const known = names.length === 0 ? 'There are none yet.' : `There are: ${names.join(', ')}.`;
  throw new CommandRefusal({
    code: 'account.unknown',
    detail: `There is no account "${wanted}". ${known}`,
  });
}

/** The portfolio of that id or name. */
export async function thePortfolio(
  engine: Engine,
  workspace: string,
  wanted: string,
): Promise<PortfolioView> {
  const all = taken(await engine.portfolios(workspace));
  const found = all.find(({ id, name }) => id === wanted || same(name, wanted));
  if (found) return found;
  const known =
    all.length === 0
      ? 'There are none yet.'
      : `There are: ${all.map(({ name }) => name).join(', ')}.`;
  throw new CommandRefusal({
    code: 'portfolio.unknown',
    detail: `There is no portfolio "${wanted}". ${known}`,
  });
}

const searched = 1000;

/** Instruments that go by exactly this id, label, symbol, ISIN, CUSIP, FIGI or name. */
export async function findInstruments(
  engine: Engine,
  workspace: string,
  wanted: string,
): Promise<readonly InstrumentView[]> {
  const near = taken(await engine.instruments(workspace, wanted, searched));
  const byId = near.find(({ id }) => id === wanted);
  if (byId) return [byId];
  return near.filter(({ label, symbol, isin, cusip, figi, name }) =>
    [label, symbol, isin, cusip, figi, name].some((text) => same(text, wanted)),
  );
}

/** The one instrument that goes by this name, or a refusal that says what to write instead. */
export async function theInstrument(
  engine: Engine,
  workspace: string,
  wanted: string,
): Promise<InstrumentView> {
  const [first, ...others] = await findInstruments(engine, workspace, wanted);
  if (first && others.length === 0) return first;
  const several = [first, ...others].flatMap((one) =>
    one ? [`  ${one.id}  ${one.label}  ${one.name}  ${one.currency}`] : [],
  );
  if (several.length > 0) {
    throw new CommandRefusal(
      { code: 'instrument.unknown', detail: `"${wanted}" names several; give an id:` },
      several,
    );
  }
  throw new CommandRefusal({
    code: 'instrument.unknown',
    detail: `There is no instrument "${wanted}". Make it: plimsoll instruments add NAME --symbol ${wanted} --currency CUR`,
  });
}

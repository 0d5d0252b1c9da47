import type { Account, LotMethod } from '@plimsoll/domain';
import {
  type Day,
  type Decimal,
  dayFromNumber,
  dayNumber,
  decimal,
  invariant,
  type Random,
  weekday,
  whole,
} from '@plimsoll/kernel';
import type { ImportedRow } from '@plimsoll/ports';
import { streamOf } from './chance.ts';
import { DemoBook } from './demo-book.ts';
import { DemoInvestor } from './demo-investor.ts';
import { type DemoAction, DemoMarket } from './demo-market.ts';
import { simulatedInstruments } from './simulated-instruments.ts';
import { marketEnds, SimulatedMarket } from './simulated-market.ts';

const broker = 'Harbour Brokerage (simulated)';
const depot = 'Lighthouse Savings Depot (simulated)';
const wallet = 'Coin Wallet (simulated)';

/** The accounts that the rows name. */
export const demoAccounts: readonly Account[] = [
  demoAccount('demo-broker', broker, 'fifo'),
  demoAccount('demo-depot', depot, 'average'),
  demoAccount('demo-wallet', wallet, 'fifo'),
];

function demoAccount(id: string, name: string, lotMethod: LotMethod): Account {
  const terms = { cash: 'tracked', fees: 'capitalised', allowShort: false } as const;
  return { id, name, currency: 'EUR', lotMethod, ...terms };
}

/** The demo begins on the first of a month, so many months before the one it ends in. */
const monthsBack = 72;
/** Earlier, the market would have no six years behind it. */
const earliest: Day = '2012-01-01';
/** Dividends arrive so many days after the ex-day. */
const daysToPayment = 16;

const euroShares = ['SIM:FERN', 'SIM:HARB', 'SIM:DLTA', 'SIM:TIDE', 'SIM:NOSE', 'SIM:GOLD'];
const dollarShares = [
  'SIM:PRSM',
  'SIM:NIMB',
  'SIM:LNTN',
  'SIM:CACT',
  'SIM:GRID',
  'SIM:MAPL',
  'SIM:CHIP',
];

/** A dividend on its way. */
interface DuePayment {
  readonly day: Day;
  readonly account: string;
  readonly action: DemoAction;
  readonly units: Decimal;
}

/** One weekday of the investor's life. */
interface DemoDay {
  readonly day: Day;
  /** Months since the demo began, from 0. */
  readonly month: number;
  /** Of the calendar, 1 to 12. */
  readonly monthOfYear: number;
  /** Which weekday of the month, from 1. */
  readonly nth: number;
}

interface DemoLife {
  readonly book: DemoBook;
  readonly market: DemoMarket;
  readonly investor: DemoInvestor;
  readonly random: Random;
  due: DuePayment[];
}

/**
 * The investor's records up to and including `asOf`, oldest first. They agree with the simulated
 * market of the same seed: trades at the closes, dividends and splits as it has them. No account
 * ever sells units or spends money that it has not.
 */
export function demoTransactions(
  seed: number,
  asOf: Day,
  simulated: SimulatedMarket = new SimulatedMarket(seed),
): readonly ImportedRow[] {
  invariant(
    earliest <= asOf && asOf < marketEnds,
    `the demo ends between ${earliest} and ${marketEnds}`,
  );
  const market = new DemoMarket(simulated, dayFromNumber(dayNumber(asOf) + 1));
  const book = new DemoBook();
  const investor = new DemoInvestor(book, market, asOf);
  const life: DemoLife = {
    book,
    market,
    investor,
    random: streamOf(seed, 'demo investor'),
    due: [],
  };
  for (const today of weekdays(asOf)) {
    investor.today = today.day;
    liveOneDay(life, today);
  }
  return book.rows;
}

function* weekdays(asOf: Day): Generator<DemoDay> {
  const lastMonth = monthNumber(asOf);
  const first = lastMonth - monthsBack;
  const firstYear = Math.floor(first / 12);
  const start = `${firstYear}-${String((first % 12) + 1).padStart(2, '0')}-01`;
  let nth = 0;
  for (let number = dayNumber(start); number <= dayNumber(asOf); number++) {
    const day = dayFromNumber(number);
    if (day.endsWith('-01')) nth = 0;
    if (weekday(number) > 4) continue;
    nth++;
    const monthOfYear = Number(day.slice(5, 7));
    yield { day, month: monthNumber(day) - first, monthOfYear, nth };
  }
}

const monthNumber = (day: Day): number =>
  Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

function liveOneDay(life: DemoLife, today: DemoDay): void {
  meetActions(life, today.day);
  receiveDividends(life, today.day);
  if (today.nth === 1) save(life, today);
  if (today.nth === 2) investAtFirst(life, today);
  if (today.nth === 3) runSavingsPlan(life, today);
  if (today.nth === 6) investAtBroker(life, today);
  if (today.nth === 9) tidyUp(life, today);
  if (today.nth === 12) tradeCoins(life, today);
  if (today.nth === 20 && today.monthOfYear % 3 === 0) {
    life.investor.interest(broker, decimal('0.003'));
  }
}

/** What companies do to their shares takes effect at the open, before any trade of the day. */
function meetActions({ book, market, investor, due }: DemoLife, day: Day): void {
  for (const action of market.actionsOn(day)) {
    for (const { account, units } of book.holdersOf(action.symbol)) {
      if (action.kind === 'split') investor.split(account, action);
      else if (action.kind === 'delisting') investor.delisting(account, action);
      else due.push({ day: payday(day), account, action, units });
    }
  }
}

function payday(exDay: Day): Day {
  let number = dayNumber(exDay) + daysToPayment;
  while (weekday(number) > 4) number++;
  return dayFromNumber(number);
}

function receiveDividends(life: DemoLife, day: Day): void {
  for (const { account, action, units } of life.due.filter((payment) => payment.day === day)) {
    life.investor.dividend(account, action, units);
  }
  life.due = life.due.filter((payment) => payment.day !== day);
}

function save({ investor }: DemoLife, { month }: DemoDay): void {
  const raise = Math.floor(month / 12) * 50;
  if (month === 0) investor.deposit(broker, whole(24_000), 'First deposit');
  else investor.deposit(broker, whole(700 + raise), 'Monthly savings');
  investor.deposit(depot, whole(month === 0 ? 3000 : 350 + raise / 2), 'Monthly savings');
}

/** The savings of earlier years are put to work over the first four months. */
function investAtFirst({ investor }: DemoLife, { month }: DemoDay): void {
  if (month === 0) {
    investor.buy(broker, 'SIM:HARB', whole(3200));
    investor.buy(broker, 'SIM:FERN', whole(3000));
    investor.buy(broker, 'SIM:KORN', whole(2600));
    investor.buy(broker, 'SIM:TIDE', whole(2200));
    investor.buy(broker, 'SIM:GOLD', whole(1800));
    investor.buy(depot, 'SIM:WRLD', whole(2400), 'savings-plan');
  } else if (month === 1) {
    investor.fromEuro(broker, 'USD', whole(5000));
    investor.buy(broker, 'SIM:PRSM', whole(2600));
    investor.buy(broker, 'SIM:CACT', whole(2400));
  } else if (month === 2) {
    investor.fromEuro(broker, 'GBP', whole(2400));
    investor.buy(broker, 'SIM:BRIG', whole(1100));
    investor.buy(broker, 'SIM:HTHR', whole(900));
  } else if (month === 3) {
    investor.fromEuro(broker, 'CHF', whole(2800));
    investor.buy(broker, 'SIM:ALPN', whole(1400));
    investor.buy(broker, 'SIM:GLCR', whole(1300));
  }
}

function runSavingsPlan({ investor, book }: DemoLife, { month, monthOfYear }: DemoDay): void {
  const raise = Math.floor(month / 12) * 15;
  investor.buy(depot, 'SIM:WRLD', whole(200 + raise), 'savings-plan');
  investor.buy(depot, 'SIM:BOND', whole(90), 'savings-plan');
  investor.buy(depot, 'SIM:DIVI', whole(60), 'savings-plan');
  const spare = book.cash(depot, 'EUR') - whole(100);
  if (monthOfYear === 1 && spare > whole(150)) {
    investor.buy(depot, 'SIM:WRLD', spare, 'savings-plan');
  }
}

/** Puts what came in to work, every third month in dollars; before a large expense, it is kept. */
function investAtBroker({ investor, book, random }: DemoLife, { month }: DemoDay): void {
  if (month < 4 || (month >= 37 && month <= 40)) return;
  const spare = book.cash(broker, 'EUR') - whole(500);
  if (month % 3 === 0 && spare > whole(800)) {
    investor.fromEuro(broker, 'USD', spare - (spare % whole(100)));
  } else if (spare > whole(600)) {
    investor.buy(broker, pick(random, euroShares), spare);
  }
  const dollars = book.cash(broker, 'USD');
  if (dollars > whole(900)) investor.buy(broker, pick(random, dollarShares), dollars);
}

/** Sales, withdrawals, transfers and fees: what does not happen every month. */
function tidyUp(life: DemoLife, { month, monthOfYear }: DemoDay): void {
  const { investor, book, random } = life;
  if (month === 22) investor.sell(broker, 'SIM:KORN', whole(1));
  if (month === 33) investor.buy(broker, 'SIM:KORN', whole(1500));
  if (month % 9 === 8) investor.sell(broker, heldSomewhere(life, random), decimal('0.35'));
  if (month === 40 && book.cash(broker, 'EUR') > whole(3000)) {
    investor.withdraw(broker, whole(2500), 'New bicycle');
  }
  if (month === 48) investor.transferUnits(depot, broker, 'SIM:WRLD', decimal('0.4'));
  if (month === 58) investor.sell(broker, 'SIM:PRSM', decimal('0.5'));
  if (monthOfYear === 12 && book.cash(broker, 'EUR') > whole(15)) {
    investor.fee(broker, whole(15), 'Custody fee');
  }
  if (monthOfYear === 6) {
    for (const currency of ['GBP', 'CHF']) {
      const cash = book.cash(broker, currency);
      if (cash > whole(100)) investor.toEuro(broker, currency, cash);
    }
  }
}

function tradeCoins({ investor, book }: DemoLife, { month }: DemoDay): void {
  if (month >= 18 && month % 6 === 0 && book.cash(broker, 'EUR') > whole(450)) {
    investor.transferCash(broker, wallet, whole(400));
    investor.buy(wallet, 'SIM:PLIM', whole(390), 'coin');
  }
  if (month === 45) {
    investor.sell(wallet, 'SIM:PLIM', decimal('0.4'), 'coin');
    const cash = book.cash(wallet, 'EUR');
    if (cash > whole(50)) investor.transferCash(wallet, broker, cash - (cash % whole(10)));
  }
}

/** One of the shares at the broker, by chance. */
function heldSomewhere({ book }: DemoLife, random: Random): string {
  const held = simulatedInstruments
    .map(({ symbol }) => symbol)
    .filter((symbol) => book.units(broker, symbol) >= whole(4));
  return pick(random, held.length > 0 ? held : euroShares);
}

function pick(random: Random, from: readonly string[]): string {
  const picked = from[random.integer(from.length)];
  invariant(picked !== undefined, 'there is something to pick from');
  return picked;
}

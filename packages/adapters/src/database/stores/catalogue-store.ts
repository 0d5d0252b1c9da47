import type { Account, Instrument, LotMethod, Portfolio } from '@plimsoll/domain';
import {
  canonicalJson,
  decimal,
  formatDecimal,
  formatPrice,
  type Json,
  price,
} from '@plimsoll/kernel';
import type { CatalogueStore, ColumnMapping, InstrumentAlias } from '@plimsoll/ports';
import { integer, text, textOrNull, truth } from '../cells.ts';
import type { Row } from '../session.ts';
import type { WorkspaceSession } from '../workspace-session.ts';
import { searchable } from './entry-row.ts';

/** Accounts, portfolios, instruments and what names them, in SQL. */
export function catalogueStore(unit: WorkspaceSession): CatalogueStore {
  const { session, workspaceId } = unit;
  const all = async <T>(columns: string, table: string, key: string, read: (row: Row) => T) => {
    const rows = await session.query(
      `SELECT ${columns} FROM ${table} WHERE workspace_id = $1 ORDER BY ${key} COLLATE "C"`,
      [workspaceId],
    );
    return rows.map(read);
  };
  return {
    accounts: () => all(accountColumns, 'account', 'id', readAccount),
    saveAccount: (account) => saveAccount(unit, account),
    portfolios: () => all(portfolioColumns, 'portfolio', 'id', readPortfolio),
    savePortfolio: (portfolio) => savePortfolio(unit, portfolio),
    removePortfolio: (id) => removePortfolio(unit, id),
    instruments: () => all(instrumentColumns, 'instrument', 'id', readInstrument),
    saveInstruments: (instruments) => saveInstruments(unit, instruments),
    aliases: () => all('key, instrument_id', 'alias', 'key', readAlias),
    saveAliases: (aliases) => saveAliases(unit, aliases),
    mappings: () =>
      all('mapping', 'mapping', 'name', (row) => JSON.parse(text(row[0])) as ColumnMapping),
    saveMapping: (mapping) => saveMapping(unit, mapping),
    version: async () => {
      const [row] = await session.query(
        'SELECT catalogue_version FROM workspace_head WHERE workspace_id = $1',
        [workspaceId],
      );
      return integer(row?.[0]);
    },
  };
}

async function changed({ session, workspaceId }: WorkspaceSession): Promise<void> {
  await session.query(
    'UPDATE workspace_head SET catalogue_version = catalogue_version + 1 WHERE workspace_id = $1',
    [workspaceId],
  );
}

const accountColumns = 'id, name, currency, lot_method, cash, fees, allow_short';

function readAccount([id, name, currency, lotMethod, cash, fees, allowShort]: Row): Account {
  return {
    id: text(id),
    name: text(name),
    currency: text(currency),
    lotMethod: text(lotMethod) as LotMethod,
    cash: text(cash) as Account['cash'],
    fees: text(fees) as Account['fees'],
    allowShort: truth(allowShort),
  };
}

async function saveAccount(unit: WorkspaceSession, account: Account): Promise<void> {
  await unit.session.query(
    `INSERT INTO account (workspace_id, ${accountColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (workspace_id, id) DO UPDATE SET (name, currency, lot_method, cash, fees, allow_short)
       = (excluded.name, excluded.currency, excluded.lot_method, excluded.cash, excluded.fees,
          excluded.allow_short)`,
    [
      unit.workspaceId,
      account.id,
      account.name,
      account.currency,
      account.lotMethod,
      account.cash,
      account.fees,
      account.allowShort,
    ],
  );
  await changed(unit);
}

const portfolioColumns = 'id, name, currency, to_json(account_ids)::text, benchmark_id';

function readPortfolio([id, name, currency, accountIds, benchmark]: Row): Portfolio {
  const benchmarkId = textOrNull(benchmark ?? null);
  return {
    id: text(id),
    name: text(name),
    currency: text(currency),
    accountIds: JSON.parse(text(accountIds)) as string[],
    ...(benchmarkId !== null && { benchmarkId }),
  };
}

async function savePortfolio(unit: WorkspaceSession, portfolio: Portfolio): Promise<void> {
  const { id, name, currency, accountIds, benchmarkId } = portfolio;
  await unit.session.query(
    `INSERT INTO portfolio (workspace_id, id, name, currency, account_ids, benchmark_id)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (workspace_id, id) DO UPDATE SET (name, currency, account_ids, benchmark_id)
       = (excluded.name, excluded.currency, excluded.account_ids, excluded.benchmark_id)`,
    [unit.workspaceId, id, name, currency, accountIds, benchmarkId ?? null],
  );
  await changed(unit);
}

async function removePortfolio(unit: WorkspaceSession, id: string): Promise<void> {
  await unit.session.query('DELETE FROM portfolio WHERE workspace_id = $1 AND id = $2', [
    unit.workspaceId,
    id,
  ]);
  await changed(unit);
}

const instrumentColumns = `id, kind, name, currency, isin, figi, cusip, symbol, mic, multiplier,
  price_factor, option_underlying_id, option_right, option_strike, option_expires_on, sector, country,
  simulated, industry_group, industry, industry_code, asset_class, sub_class`;

const optional = <K extends string>(key: K, value: Row[number] | undefined) => {
  const found = textOrNull(value ?? null);
  return (found === null ? {} : { [key]: found }) as { [P in K]?: string };
};

function readInstrument(row: Row): Instrument {
  const [id, kind, name, currency, isin, figi, cusip, symbol, mic, multiplier, priceFactor] = row;
  const [underlying, right, strike, expiresOn, sector, country, simulated] = row.slice(11);
  const [industryGroup, industry, industryCode, assetClass, subClass] = row.slice(18);
  return {
    id: text(id),
    kind: text(kind) as Instrument['kind'],
    name: text(name),
    currency: text(currency),
    ...optional('isin', isin),
    ...optional('figi', figi),
    ...optional('cusip', cusip),
    ...optional('symbol', symbol),
    ...optional('mic', mic),
    multiplier: decimal(text(multiplier)),
    priceFactor: price(text(priceFactor)),
    ...(textOrNull(underlying ?? null) !== null && {
      option: {
        underlyingId: text(underlying),
        right: text(right) as 'call' | 'put',
        strike: price(text(strike)),
        expiresOn: text(expiresOn),
      },
    }),
    ...optional('sector', sector),
    ...optional('country', country),
    ...optional('industryGroup', industryGroup),
    ...optional('industry', industry),
    ...optional('industryCode', industryCode),
    ...(optional('assetClass', assetClass) as Pick<Instrument, 'assetClass'>),
    ...optional('subClass', subClass),
    simulated: truth(simulated),
  };
}

const instrumentToColumns = (instrument: Instrument) => ({
  id: instrument.id,
  kind: instrument.kind,
  name: instrument.name,
  currency: instrument.currency,
  isin: instrument.isin,
  figi: instrument.figi,
  cusip: instrument.cusip,
  symbol: instrument.symbol,
  mic: instrument.mic,
  multiplier: formatDecimal(instrument.multiplier),
  price_factor: formatPrice(instrument.priceFactor),
  option_underlying_id: instrument.option?.underlyingId,
  option_right: instrument.option?.right,
  option_strike: instrument.option && formatPrice(instrument.option.strike),
  option_expires_on: instrument.option?.expiresOn,
  sector: instrument.sector,
  country: instrument.country,
  simulated: instrument.simulated,
  industry_group: instrument.industryGroup,
  industry: instrument.industry,
  industry_code: instrument.industryCode,
  asset_class: instrument.assetClass,
  sub_class: instrument.subClass,
  label: searchable(
    [instrument.symbol, instrument.name, instrument.isin].filter(Boolean).join('\n'),
  ),
});

async function saveInstruments(
  unit: WorkspaceSession,
  instruments: readonly Instrument[],
): Promise<void> {
  if (instruments.length === 0) return;
  // A list may name one instrument twice; the later one holds, as with one call after the other.
  const latest = [
    ...new Map(instruments.map((instrument) => [instrument.id, instrument])).values(),
  ];
  await unit.session.query(
    `INSERT INTO instrument (workspace_id, ${instrumentColumns}, label)
     SELECT $1, ${instrumentColumns}, label
     FROM json_to_recordset($2::json) AS i (id text, kind text, name text, currency text, isin text,
       figi text, cusip text, symbol text, mic text, multiplier numeric, price_factor numeric,
       option_underlying_id text, option_right text, option_strike numeric, option_expires_on text,
       sector text, country text, simulated boolean, industry_group text, industry text,
       industry_code text, asset_class text, sub_class text, label text)
     ON CONFLICT (workspace_id, id) DO UPDATE SET (${replacedColumns.join(', ')})
       = (${replacedColumns.map((column) => `excluded.${column}`).join(', ')})`,
    [unit.workspaceId, JSON.stringify(latest.map(instrumentToColumns))],
  );
  await changed(unit);
}

const replacedColumns = [...instrumentColumns.split(/,\s*/).slice(1), 'label'];

const readAlias = ([key, instrumentId]: Row): InstrumentAlias => ({
  key: text(key),
  instrumentId: text(instrumentId),
});

async function saveAliases(
  unit: WorkspaceSession,
  aliases: readonly InstrumentAlias[],
): Promise<void> {
  if (aliases.length === 0) return;
  const latest = [...new Map(aliases.map((alias) => [alias.key, alias])).values()];
  await unit.session.query(
    `INSERT INTO alias (workspace_id, key, instrument_id)
     SELECT $1, key, "instrumentId"
     FROM json_to_recordset($2::json) AS a (key text, "instrumentId" text)
     ON CONFLICT (workspace_id, key) DO UPDATE SET instrument_id = excluded.instrument_id`,
    [unit.workspaceId, JSON.stringify(latest)],
  );
  await changed(unit);
}

async function saveMapping(unit: WorkspaceSession, mapping: ColumnMapping): Promise<void> {
  await unit.session.query(
    `INSERT INTO mapping (workspace_id, name, mapping) VALUES ($1, $2, $3)
     ON CONFLICT (workspace_id, name) DO UPDATE SET mapping = excluded.mapping`,
    [unit.workspaceId, mapping.name, canonicalJson(mapping as unknown as Json)],
  );
  await changed(unit);
}

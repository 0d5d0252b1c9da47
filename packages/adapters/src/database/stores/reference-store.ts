import type { Fundamental, FundamentalUnit, InstrumentName, PeriodKind } from '@plimsoll/domain';
import { canonicalJson, type Json } from '@plimsoll/kernel';
import {
  type Constituent,
  type FundamentalFilter,
  type FundHoldings,
  type IndexMember,
  type KnownFundamental,
  marketWorkspace,
  type ReferenceStore,
} from '@plimsoll/ports';
import { integer, text, textOrNull } from '../cells.ts';
import type { Row } from '../session.ts';
import { instant, type WorkspaceSession } from '../workspace-session.ts';

/** What is known about instruments beside their prices, in SQL. */
export function referenceStore(unit: WorkspaceSession): ReferenceStore {
  const { session, workspaceId } = unit;
  return {
    names: async () => (await nameRows(unit)).map(readName),
    replaceNames: (names) => replaceNames(unit, names),
    members: async (index, on) => {
      const rows = await session.query(
        `SELECT DISTINCT ON (symbol COLLATE "C", valid_from) index_symbol, symbol, valid_from::text,
           valid_until::text, source
         FROM index_member
         WHERE workspace_id IN ($1, $2) AND index_symbol = $3
           AND ($4::date IS NULL OR valid_from <= $4 AND (valid_until IS NULL OR $4 < valid_until))
         ORDER BY symbol COLLATE "C", valid_from, (workspace_id = $1) DESC`,
        [workspaceId, marketWorkspace, index, on],
      );
      return rows.map(readMember);
    },
    indices: async () => {
      const rows = await session.query(
        `SELECT DISTINCT index_symbol FROM index_member WHERE workspace_id IN ($1, $2) ORDER BY 1`,
        [workspaceId, marketWorkspace],
      );
      return rows.map(([index]) => text(index));
    },
    saveMembers: (members) => saveMembers(unit, members),
    holdings: async (fundIds, on) => {
      const rows = await session.query(
        `SELECT DISTINCT ON (fund_id COLLATE "C") fund_id, as_of::text, constituents, source FROM fund_holding
         WHERE workspace_id IN ($1, $2) AND fund_id = ANY($3::text[]) AND as_of <= $4::date
         ORDER BY fund_id COLLATE "C", (workspace_id = $1) DESC, as_of DESC, version DESC`,
        [workspaceId, marketWorkspace, fundIds, on],
      );
      return rows.map(readHoldings);
    },
    saveHoldings: (holdings) => saveHoldings(unit, holdings),
    fundamentals: (filter) => fundamentals(unit, filter),
    saveFundamentals: (figures) => saveFundamentals(unit, figures),
  };
}

const nameRows = ({ session, workspaceId }: WorkspaceSession): Promise<readonly Row[]> =>
  session.query(
    `SELECT position::text, instrument_id, symbol, mic, valid_from::text, valid_until::text,
       ended_by, source
     FROM instrument_name WHERE workspace_id = $1
     ORDER BY instrument_id COLLATE "C", mic COLLATE "C", valid_from NULLS FIRST`,
    [workspaceId],
  );

function readName([
  ,
  instrumentId,
  symbol,
  mic,
  from,
  until,
  endedBy,
  source,
]: Row): InstrumentName {
  return {
    instrumentId: text(instrumentId),
    symbol: text(symbol),
    mic: text(mic) === '' ? null : text(mic),
    from: textOrNull(from ?? null),
    until: textOrNull(until ?? null),
    endedBy: textOrNull(endedBy ?? null) as InstrumentName['endedBy'],
    source: text(source),
  };
}

const keyOf = (name: InstrumentName): string => canonicalJson(name as unknown as Json);

async function replaceNames(
  unit: WorkspaceSession,
  names: readonly InstrumentName[],
): Promise<void> {
  const { session, workspaceId } = unit;
  const known = new Map((await nameRows(unit)).map((row) => [keyOf(readName(row)), text(row[0])]));
  const wanted = new Map(names.map((name) => [keyOf(name), name]));
  const gone = [...known].flatMap(([key, position]) => (wanted.has(key) ? [] : [position]));
  const added = [...wanted].flatMap(([key, name]) => (known.has(key) ? [] : [name]));
  if (gone.length > 0) {
    await session.query(
      `DELETE FROM instrument_name WHERE workspace_id = $1 AND position = ANY($2::bigint[])`,
      [workspaceId, gone],
    );
  }
  // What instruments are called is looked up with them.
  if (gone.length + added.length > 0) {
    await session.query(
      'UPDATE workspace_head SET catalogue_version = catalogue_version + 1 WHERE workspace_id = $1',
      [workspaceId],
    );
  }
  if (added.length === 0) return;
  await session.query(
    `INSERT INTO instrument_name (workspace_id, instrument_id, symbol, mic, valid_from, valid_until,
       ended_by, source)
     SELECT $1, "instrumentId", symbol, coalesce(mic, ''), "from", until, "endedBy", source
     FROM json_to_recordset($2::json) AS n ("instrumentId" text, symbol text, mic text, "from" date,
       until date, "endedBy" text, source text)`,
    [workspaceId, JSON.stringify(added)],
  );
}

const readMember = ([index, symbol, from, until, source]: Row): IndexMember => ({
  index: text(index),
  symbol: text(symbol),
  from: text(from),
  until: textOrNull(until ?? null),
  source: text(source),
});

/** Rows that were inserted or learnt something, as the statement marks them. */
const counted = (rows: readonly Row[]) => {
  const added = rows.filter(([isNew]) => isNew === true).length;
  return { added, changed: rows.length - added };
};

async function saveMembers(
  { session, workspaceId, clock }: WorkspaceSession,
  members: readonly IndexMember[],
) {
  const latest = new Map(members.map((one) => [`${one.index}\n${one.symbol}\n${one.from}`, one]));
  const rows = await session.query(
    `INSERT INTO index_member AS m (workspace_id, index_symbol, symbol, valid_from, valid_until,
       source, recorded_at)
     SELECT $1, index, symbol, "from", until, source, $3
     FROM json_to_recordset($2::json) AS n (index text, symbol text, "from" date, until date, source text)
     ON CONFLICT (workspace_id, index_symbol, symbol, valid_from) DO UPDATE
       SET (valid_until, source, recorded_at)
         = (excluded.valid_until, excluded.source, excluded.recorded_at)
       WHERE m.valid_until IS DISTINCT FROM excluded.valid_until
     RETURNING xmax = 0`,
    [workspaceId, JSON.stringify([...latest.values()]), clock.now()],
  );
  return counted(rows);
}

const readHoldings = ([fundId, asOf, constituents, source]: Row): FundHoldings => ({
  fundId: text(fundId),
  asOf: text(asOf),
  constituents: JSON.parse(text(constituents)) as Constituent[],
  source: text(source),
});

async function saveHoldings(
  { session, workspaceId, clock }: WorkspaceSession,
  { fundId, asOf, constituents, source }: FundHoldings,
): Promise<boolean> {
  const content = canonicalJson(constituents as unknown as Json);
  const [newest] = await session.query(
    `SELECT version, constituents FROM fund_holding
     WHERE workspace_id = $1 AND fund_id = $2 AND as_of = $3::date ORDER BY version DESC LIMIT 1`,
    [workspaceId, fundId, asOf],
  );
  if (newest !== undefined && text(newest[1]) === content) return false;
  const version = newest === undefined ? 1 : integer(newest[0]) + 1;
  await session.query(
    `INSERT INTO fund_holding (workspace_id, fund_id, as_of, version, constituents, source, recorded_at)
     VALUES ($1, $2, $3::date, $4, $5, $6, $7)`,
    [workspaceId, fundId, asOf, version, content, source, clock.now()],
  );
  return true;
}

async function fundamentals(
  { session, workspaceId }: WorkspaceSession,
  { instrumentIds, metrics, period, knownAt }: FundamentalFilter,
): Promise<readonly KnownFundamental[]> {
  const rows = await session.query(
    `SELECT DISTINCT ON (instrument_id, metric, period_end, period) instrument_id, metric,
       period_end::text, period, value, unit, currency, published_on::text, source,
       ${instant('recorded_at')}
     FROM fundamental
     WHERE workspace_id IN ($1, $2) AND instrument_id = ANY($3::text[])
       AND ($4::text[] IS NULL OR metric = ANY($4)) AND ($5::text IS NULL OR period = $5)
       AND ($6::date IS NULL OR published_on <= $6)
     ORDER BY instrument_id, metric, period_end, period, published_on DESC, recorded_at DESC,
       (workspace_id = $1) DESC, position DESC`,
    [workspaceId, marketWorkspace, instrumentIds, metrics ?? null, period ?? null, knownAt ?? null],
  );
  return rows.map(readFundamental);
}

function readFundamental(row: Row): KnownFundamental {
  const [instrumentId, metric, periodEnd, period, value] = row;
  const [unit, currency, publishedOn, source, recordedAt] = row.slice(5);
  return {
    instrumentId: text(instrumentId),
    metric: text(metric),
    periodEnd: text(periodEnd),
    period: text(period) as PeriodKind,
    value: text(value),
    unit: text(unit) as FundamentalUnit,
    currency: textOrNull(currency ?? null),
    publishedOn: text(publishedOn),
    source: text(source),
    recordedAt: text(recordedAt),
  };
}

const figureKey = (one: Fundamental): string =>
  [one.instrumentId, one.metric, one.periodEnd, one.period, one.publishedOn].join('\n');

async function saveFundamentals(
  { session, workspaceId, clock }: WorkspaceSession,
  figures: readonly Fundamental[],
) {
  // A list may state one figure twice; the later one holds.
  const latest = new Map(figures.map((figure) => [figureKey(figure), figure]));
  const rows = await session.query(
    `INSERT INTO fundamental (workspace_id, instrument_id, metric, period_end, period, value, unit,
       currency, published_on, source, recorded_at)
     SELECT $1, n."instrumentId", n.metric, n."periodEnd", n.period, n.value, n.unit, n.currency,
       n."publishedOn", n.source, $3
     FROM json_to_recordset($2::json) AS n ("instrumentId" text, metric text, "periodEnd" date,
       period text, value text, unit text, currency text, "publishedOn" date, source text)
     LEFT JOIN LATERAL (
       SELECT value, unit, currency FROM fundamental f
       WHERE f.workspace_id = $1 AND f.instrument_id = n."instrumentId" AND f.metric = n.metric
         AND f.period_end = n."periodEnd" AND f.period = n.period
         AND f.published_on = n."publishedOn"
       ORDER BY f.position DESC LIMIT 1
     ) AS before ON true
     WHERE (before.value, before.unit, before.currency)
       IS DISTINCT FROM (n.value, n.unit, n.currency)
     RETURNING NOT EXISTS (
       SELECT FROM fundamental f
       WHERE f.workspace_id = $1 AND f.instrument_id = fundamental.instrument_id
         AND f.metric = fundamental.metric AND f.period_end = fundamental.period_end
         AND f.period = fundamental.period
     )`,
    [workspaceId, JSON.stringify([...latest.values()]), clock.now()],
  );
  return counted(rows);
}

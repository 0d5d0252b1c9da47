-- Ticks of the last days and the bars rolled up from them. All of it is public market data: there is no
-- column that could name a user's workspace, so there is nothing to keep apart. It can be emptied.
CREATE SCHEMA plimsoll_live;
GRANT USAGE ON SCHEMA plimsoll_live TO plimsoll_app, plimsoll_audit;

-- Ticks of one instrument and source that came together: little-endian float64 columns at, bid, ask,
-- last, size, trade id, each `count` long, NaN where unknown; in the order in which they came. A block
-- never reaches beyond the UTC hour in which its first tick lies.
CREATE TABLE plimsoll_live.tick_block (
  instrument_id text NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  batch bigint NOT NULL,
  source text NOT NULL,
  count integer NOT NULL CHECK (count > 0),
  ticks bytea NOT NULL CHECK (length(ticks) = 48 * count),
  PRIMARY KEY (instrument_id, first_at, batch, source)
) PARTITION BY RANGE (first_at);
CREATE INDEX tick_block_by_time ON plimsoll_live.tick_block USING brin (first_at);

-- Bars by their start. They change while ticks may still come, so each page keeps room for that.
CREATE TABLE plimsoll_live.bar_1m (
  instrument_id text NOT NULL,
  at timestamptz NOT NULL,
  open float8 NOT NULL,
  high float8 NOT NULL,
  low float8 NOT NULL,
  close float8 NOT NULL,
  -- NULL where no tick told its size.
  volume float8,
  PRIMARY KEY (instrument_id, at)
) PARTITION BY RANGE (at);
CREATE INDEX bar_1m_by_time ON plimsoll_live.bar_1m USING brin (at);
CREATE TABLE plimsoll_live.bar_5m (LIKE plimsoll_live.bar_1m INCLUDING ALL) PARTITION BY RANGE (at);

GRANT SELECT, INSERT ON plimsoll_live.tick_block TO plimsoll_app;
GRANT SELECT, INSERT, UPDATE ON plimsoll_live.bar_1m, plimsoll_live.bar_5m TO plimsoll_app;
GRANT SELECT ON ALL TABLES IN SCHEMA plimsoll_live TO plimsoll_audit;

-- Makes room for the days; hypertables make it by themselves.
CREATE FUNCTION plimsoll_live.prepare(first_day date, last_day date) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = plimsoll_live, pg_temp
  SET TimeZone = 'UTC' SET client_min_messages = warning
AS $$
DECLARE
  parent text;
  day date;
BEGIN
  FOR parent IN
    SELECT relname FROM pg_class
    WHERE relnamespace = 'plimsoll_live'::regnamespace AND relkind = 'p' ORDER BY relname
  LOOP
    FOR day IN SELECT generate_series(first_day, last_day, interval '1 day') LOOP
      CONTINUE WHEN to_regclass(format('plimsoll_live.%I', parent || to_char(day, '_YYYYMMDD')))
        IS NOT NULL;
      EXECUTE format(
        'CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)%s',
        parent || to_char(day, '_YYYYMMDD'), parent, day::timestamptz, (day + 1)::timestamptz,
        CASE WHEN parent = 'tick_block' THEN '' ELSE ' WITH (fillfactor = 60)' END);
      IF parent = 'tick_block' THEN
        -- Floats barely compress; trying costs more than it saves.
        EXECUTE format('ALTER TABLE %I ALTER COLUMN ticks SET STORAGE EXTERNAL',
          parent || to_char(day, '_YYYYMMDD'));
      END IF;
    END LOOP;
  END LOOP;
END
$$;

-- Drops whole days before one, and says which tables have gone.
CREATE FUNCTION plimsoll_live.drop_before(kept_from date) RETURNS SETOF text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = plimsoll_live, pg_temp
  SET TimeZone = 'UTC'
AS $$
DECLARE
  name text;
BEGIN
  FOR name IN
    SELECT c.relname FROM pg_inherits i
      JOIN pg_class c ON c.oid = i.inhrelid
      JOIN pg_class p ON p.oid = i.inhparent
    WHERE p.relnamespace = 'plimsoll_live'::regnamespace AND p.relkind = 'p' AND c.relkind = 'r'
      AND right(c.relname, 8) < to_char(kept_from, 'YYYYMMDD') ORDER BY c.relname
  LOOP
    EXECUTE format('DROP TABLE %I', name);
    RETURN NEXT name;
  END LOOP;
  IF EXISTS (SELECT FROM pg_class
    WHERE oid = to_regclass('plimsoll_live.bar_5m') AND relkind = 'v') THEN
    FOR name IN EXECUTE format(
      'SELECT %s.drop_chunks(t::regclass, older_than => $1) FROM unnest(ARRAY['
      '''plimsoll_live.tick_block'', ''plimsoll_live.bar_1m'', ''plimsoll_live.bar_5m'']) AS t',
      (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'timescaledb'))
      USING kept_from::timestamptz
    LOOP
      RETURN NEXT name;
    END LOOP;
  END IF;
END
$$;

REVOKE ALL ON FUNCTION plimsoll_live.prepare(date, date), plimsoll_live.drop_before(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION plimsoll_live.prepare(date, date), plimsoll_live.drop_before(date)
  TO plimsoll_app;

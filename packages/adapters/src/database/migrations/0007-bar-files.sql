-- Files of intraday bars, kept outside the database. A file counts as long as it is not retired; where
-- several have a bar, the one of the highest version wins. Joined files take the version of the newest
-- of their parts, so versions repeat.
CREATE TABLE bar_file (
  workspace_id text NOT NULL,
  id text NOT NULL CHECK (id <> ''),
  instrument_id text NOT NULL,
  timeframe text NOT NULL CHECK (timeframe IN ('1s', '1m', '5m', '15m', '1h', '1d')),
  name text NOT NULL CHECK (name <> ''),
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint NOT NULL CHECK (size > 0),
  count bigint NOT NULL CHECK (count > 0),
  -- Start of the first and of the last bar, milliseconds since 1970-01-01 UTC.
  first_at bigint NOT NULL,
  last_at bigint NOT NULL,
  source text NOT NULL CHECK (source <> ''),
  version bigint NOT NULL CHECK (version > 0),
  recorded_at timestamptz NOT NULL,
  retired_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, name),
  FOREIGN KEY (workspace_id, instrument_id) REFERENCES instrument (workspace_id, id),
  CHECK (first_at <= last_at)
);
CREATE INDEX bar_file_in_force ON bar_file (workspace_id, instrument_id, timeframe)
  WHERE retired_at IS NULL;
SELECT protect_workspace_table('bar_file', 215, false, '{retired_at}', false, true);

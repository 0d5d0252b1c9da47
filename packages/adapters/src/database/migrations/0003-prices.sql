-- Daily bars of one instrument and year: little-endian columns (days as int32 since 1970-01-01, the
-- others as float64, NaN where unknown). A change adds a version; the highest one holds.
CREATE TABLE price_block (
  workspace_id text NOT NULL REFERENCES workspace (id),
  instrument_id text NOT NULL,
  year integer NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  source text NOT NULL,
  recorded_at timestamptz NOT NULL,
  count integer NOT NULL CHECK (count > 0),
  first_day integer NOT NULL,
  last_day integer NOT NULL,
  days bytea NOT NULL,
  open bytea NOT NULL,
  high bytea NOT NULL,
  low bytea NOT NULL,
  close bytea NOT NULL,
  adjusted_close bytea NOT NULL,
  volume bytea NOT NULL,
  PRIMARY KEY (workspace_id, instrument_id, year, version),
  FOREIGN KEY (workspace_id, instrument_id) REFERENCES instrument (workspace_id, id),
  CHECK (first_day <= last_day),
  CHECK (length(days) = 4 * count),
  CHECK (length(open) = 8 * count AND length(high) = 8 * count AND length(low) = 8 * count),
  CHECK (length(close) = 8 * count AND length(adjusted_close) = 8 * count),
  CHECK (length(volume) = 8 * count)
);

-- Floats barely compress; trying costs more than it saves.
ALTER TABLE price_block
  ALTER COLUMN days SET STORAGE EXTERNAL,
  ALTER COLUMN open SET STORAGE EXTERNAL,
  ALTER COLUMN high SET STORAGE EXTERNAL,
  ALTER COLUMN low SET STORAGE EXTERNAL,
  ALTER COLUMN close SET STORAGE EXTERNAL,
  ALTER COLUMN adjusted_close SET STORAGE EXTERNAL,
  ALTER COLUMN volume SET STORAGE EXTERNAL;

-- Bad prices and why they were kept out of valuation.
CREATE TABLE price_quarantine (
  workspace_id text NOT NULL REFERENCES workspace (id),
  position bigint GENERATED ALWAYS AS IDENTITY,
  instrument_id text NOT NULL,
  day text NOT NULL,
  source text NOT NULL,
  reason text NOT NULL,
  bar text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, position)
);

-- The same bad row of the same source, read again, is one row.
CREATE UNIQUE INDEX price_quarantine_once
  ON price_quarantine (workspace_id, instrument_id, day, md5(source), md5(reason), md5(bar));

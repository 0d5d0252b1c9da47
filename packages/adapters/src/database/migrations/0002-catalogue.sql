CREATE TABLE portfolio (
  workspace_id text NOT NULL REFERENCES workspace (id),
  id text NOT NULL CHECK (id <> ''),
  name text NOT NULL,
  currency text NOT NULL,
  account_ids text[] NOT NULL,
  benchmark_id text,
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE instrument (
  workspace_id text NOT NULL REFERENCES workspace (id),
  id text NOT NULL CHECK (id <> ''),
  kind text NOT NULL CHECK (kind <> ''),
  name text NOT NULL,
  currency text NOT NULL,
  isin text,
  figi text,
  cusip text,
  symbol text,
  mic text,
  multiplier numeric NOT NULL,
  price_factor numeric NOT NULL,
  option_underlying_id text,
  option_right text CHECK (option_right IN ('call', 'put')),
  option_strike numeric,
  option_expires_on text,
  sector text,
  country text,
  simulated boolean NOT NULL,
  -- What a search by text looks in: symbol, name and ISIN in lower case.
  label text NOT NULL,
  PRIMARY KEY (workspace_id, id),
  CHECK (
    num_nonnulls(option_underlying_id, option_right, option_strike, option_expires_on) IN (0, 4)
  )
);

-- A remembered answer to "which instrument is this?".
CREATE TABLE alias (
  workspace_id text NOT NULL REFERENCES workspace (id),
  key text NOT NULL CHECK (key <> ''),
  instrument_id text NOT NULL,
  PRIMARY KEY (workspace_id, key),
  FOREIGN KEY (workspace_id, instrument_id) REFERENCES instrument (workspace_id, id)
);

-- Which column of a CSV file means what, under the name it was saved by.
CREATE TABLE mapping (
  workspace_id text NOT NULL REFERENCES workspace (id),
  name text NOT NULL CHECK (name <> ''),
  mapping text NOT NULL,
  PRIMARY KEY (workspace_id, name)
);

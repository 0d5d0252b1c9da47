ALTER TABLE instrument
  ADD COLUMN industry_group text,
  ADD COLUMN industry text,
  ADD COLUMN industry_code text,
  ADD COLUMN asset_class text,
  ADD COLUMN sub_class text;

-- What an instrument was called, and when: a symbol at a venue names one instrument a day.
CREATE TABLE instrument_name (
  workspace_id text NOT NULL,
  position bigint GENERATED ALWAYS AS IDENTITY,
  instrument_id text NOT NULL,
  symbol text NOT NULL CHECK (symbol <> ''),
  -- Empty where no venue is known.
  mic text NOT NULL,
  -- NULL: as far back as anyone knows.
  valid_from date,
  -- Excluded. NULL: still.
  valid_until date,
  ended_by text CHECK (ended_by IN ('symbol-change', 'delisting', 'merger')),
  source text NOT NULL CHECK (source <> ''),
  PRIMARY KEY (workspace_id, position),
  FOREIGN KEY (workspace_id, instrument_id) REFERENCES instrument (workspace_id, id),
  CHECK (valid_from < valid_until)
);
CREATE INDEX instrument_name_by_symbol ON instrument_name (workspace_id, symbol, mic);
SELECT protect_workspace_table('instrument_name', 500, false, NULL, true, true);

-- Writers of a workspace queue at its head, so that no two of them can pass each other here.
CREATE FUNCTION refuse_shared_name() RETURNS trigger
  LANGUAGE plpgsql SET search_path = plimsoll, pg_temp
AS $$
BEGIN
  IF EXISTS (
    SELECT FROM instrument_name n
    WHERE n.workspace_id = NEW.workspace_id AND n.symbol = NEW.symbol AND n.mic = NEW.mic
      AND n.position <> NEW.position
      AND daterange(n.valid_from, n.valid_until) && daterange(NEW.valid_from, NEW.valid_until)
  ) THEN
    RAISE EXCEPTION 'The symbol %@% names two instruments on a day.', NEW.symbol, NEW.mic
      USING ERRCODE = 'exclusion_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER refuse_shared_name AFTER INSERT OR UPDATE ON instrument_name
  FOR EACH ROW EXECUTE FUNCTION refuse_shared_name();

-- Which symbols an index counted, and when.
CREATE TABLE index_member (
  workspace_id text NOT NULL REFERENCES workspace (id),
  index_symbol text NOT NULL CHECK (index_symbol <> ''),
  symbol text NOT NULL CHECK (symbol <> ''),
  valid_from date NOT NULL,
  -- Excluded. NULL: still.
  valid_until date,
  source text NOT NULL CHECK (source <> ''),
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, index_symbol, symbol, valid_from),
  CHECK (valid_from < valid_until)
);
SELECT protect_workspace_table('index_member', 510, false, '{valid_until,source,recorded_at}', false, true);

-- What a fund held on a day, whole, as canonical JSON. The highest version holds.
CREATE TABLE fund_holding (
  workspace_id text NOT NULL,
  fund_id text NOT NULL,
  as_of date NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  constituents text NOT NULL,
  source text NOT NULL CHECK (source <> ''),
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, fund_id, as_of, version),
  FOREIGN KEY (workspace_id, fund_id) REFERENCES instrument (workspace_id, id)
);
SELECT protect_workspace_table('fund_holding', 520, true, NULL, false, true);

-- Reported figures, as they were published and as we learnt them. Of one metric and period the one
-- published last holds, and of that the one recorded last.
CREATE TABLE fundamental (
  workspace_id text NOT NULL,
  position bigint GENERATED ALWAYS AS IDENTITY,
  instrument_id text NOT NULL,
  metric text NOT NULL CHECK (metric <> ''),
  period_end date NOT NULL,
  period text NOT NULL CHECK (period IN ('instant', 'month', 'quarter', 'half', 'year', 'ttm')),
  -- Exact, as text.
  value text NOT NULL,
  unit text NOT NULL,
  currency text,
  published_on date NOT NULL,
  source text NOT NULL CHECK (source <> ''),
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, position),
  FOREIGN KEY (workspace_id, instrument_id) REFERENCES instrument (workspace_id, id),
  CHECK (published_on >= period_end)
);
CREATE INDEX fundamental_by_instrument
  ON fundamental (workspace_id, instrument_id, metric, period_end, period, published_on, position);
SELECT protect_workspace_table('fundamental', 530, true, NULL, false, true);

-- Loads of files, with what came of each.
CREATE TABLE etl_run (
  workspace_id text NOT NULL REFERENCES workspace (id),
  position bigint GENERATED ALWAYS AS IDENTITY,
  id text NOT NULL CHECK (id <> ''),
  kind text NOT NULL,
  digest text NOT NULL,
  actor text NOT NULL CHECK (actor <> ''),
  report text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
SELECT protect_workspace_table('etl_run', 540, true, NULL, false, false);

CREATE TABLE etl_mapping (
  workspace_id text NOT NULL REFERENCES workspace (id),
  name text NOT NULL CHECK (name <> ''),
  mapping text NOT NULL,
  PRIMARY KEY (workspace_id, name)
);
SELECT protect_workspace_table('etl_mapping', 550, false, '{mapping}', false, false);

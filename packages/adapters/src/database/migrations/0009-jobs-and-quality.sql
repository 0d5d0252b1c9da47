-- Work that takes longer than anyone waits for. Whoever works on a job holds it until `held_until`
-- and renews that; `fence` grows with each holder, so that one who was thought dead changes nothing.
CREATE TABLE job (
  workspace_id text NOT NULL REFERENCES workspace (id),
  position bigint GENERATED ALWAYS AS IDENTITY,
  id text NOT NULL CHECK (id <> ''),
  kind text NOT NULL CHECK (kind <> ''),
  title text NOT NULL,
  params text NOT NULL,
  state text NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  requested_by text NOT NULL CHECK (requested_by <> ''),
  created_at timestamptz NOT NULL,
  started_at timestamptz,
  finished_at timestamptz,
  total integer NOT NULL CHECK (total >= 0),
  done integer NOT NULL DEFAULT 0,
  failed integer NOT NULL DEFAULT 0,
  held_by text,
  held_until timestamptz,
  -- Since when its holder has it, and how many items were finished then: the rate of the work.
  held_since timestamptz,
  done_before integer NOT NULL DEFAULT 0,
  fence bigint NOT NULL DEFAULT 0,
  error text NOT NULL DEFAULT '',
  PRIMARY KEY (workspace_id, id),
  CHECK (done >= 0 AND failed >= 0 AND done + failed <= total),
  CHECK ((held_by IS NULL) = (held_until IS NULL)),
  CHECK ((finished_at IS NULL) = (state IN ('queued', 'running')))
);
CREATE INDEX job_unfinished ON job (workspace_id, position) WHERE finished_at IS NULL;
SELECT protect_workspace_table('job', 400, false,
  '{state,started_at,finished_at,done,failed,held_by,held_until,held_since,done_before,fence,error}', false, true);

-- One thing that a job does. Its effect and its state commit together.
CREATE TABLE job_item (
  workspace_id text NOT NULL,
  job_id text NOT NULL,
  position integer NOT NULL,
  key text NOT NULL CHECK (key <> ''),
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'failed')),
  attempts integer NOT NULL DEFAULT 0,
  not_before timestamptz,
  note text NOT NULL DEFAULT '',
  PRIMARY KEY (workspace_id, job_id, position),
  UNIQUE (workspace_id, job_id, key),
  FOREIGN KEY (workspace_id, job_id) REFERENCES job (workspace_id, id)
);
CREATE INDEX job_item_waiting ON job_item (workspace_id, job_id, position) WHERE state = 'waiting';
SELECT protect_workspace_table('job_item', 410, false, '{state,attempts,not_before,note}', false, true);

-- What the quality gate mended, and what it noticed about prices.
CREATE TABLE quality_finding (
  workspace_id text NOT NULL,
  position bigint GENERATED ALWAYS AS IDENTITY,
  id text NOT NULL CHECK (id ~ '^(repair|note):'),
  kind text NOT NULL CHECK (kind IN ('repair', 'note')),
  instrument_id text NOT NULL,
  day text NOT NULL,
  source text NOT NULL,
  code text NOT NULL,
  detail text NOT NULL,
  evidence text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, instrument_id) REFERENCES instrument (workspace_id, id)
);
CREATE INDEX quality_finding_by_instrument ON quality_finding (workspace_id, instrument_id);
SELECT protect_workspace_table('quality_finding', 420, true, NULL, false, true);

-- What somebody decided about a finding, or about a row that is kept back. The last one holds.
CREATE TABLE quality_decision (
  workspace_id text NOT NULL REFERENCES workspace (id),
  id text NOT NULL CHECK (id <> ''),
  version integer NOT NULL CHECK (version > 0),
  decision text NOT NULL
    CHECK (decision IN ('released', 'rejected', 'undone', 'seen', 'reopened')),
  reason text NOT NULL,
  decided_by text NOT NULL CHECK (decided_by <> ''),
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id, version)
);
SELECT protect_workspace_table('quality_decision', 430, true, NULL, false, true);

-- A row that was kept back goes by what it says, not by why it was kept back: read again, with other
-- rows around it, it is the same row, and what was decided about it holds.
CREATE FUNCTION quarantine_id(instrument_id text, day text, source text, bar text, reason text)
  RETURNS text LANGUAGE sql IMMUTABLE
AS $$
  SELECT 'row:' || md5(instrument_id || E'\n' || day || E'\n' || source || E'\n'
    || CASE WHEN bar = 'null' THEN reason ELSE bar END)
$$;
CREATE INDEX price_quarantine_id
  ON price_quarantine (workspace_id, quarantine_id(instrument_id, day, source, bar, reason));

-- How a provider answered when it was last asked.
CREATE TABLE provider_state (
  workspace_id text NOT NULL REFERENCES workspace (id),
  provider text NOT NULL CHECK (provider <> ''),
  health text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, provider)
);
SELECT protect_workspace_table('provider_state', 440, false, '{health,recorded_at}', false, true);

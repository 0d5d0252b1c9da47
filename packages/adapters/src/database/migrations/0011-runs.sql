-- Backtests, sweeps, walk-forwards and trainings: what was asked for, and what became of it.
CREATE TABLE run (
  workspace_id text NOT NULL REFERENCES workspace (id),
  position bigint GENERATED ALWAYS AS IDENTITY,
  id text NOT NULL CHECK (id <> ''),
  kind text NOT NULL CHECK (kind IN ('backtest', 'sweep', 'walk-forward', 'training')),
  title text NOT NULL,
  -- The whole checked configuration, canonical JSON.
  config text NOT NULL,
  strategy text NOT NULL CHECK (strategy <> ''),
  strategy_hash text CHECK (strategy_hash ~ '^[0-9a-f]{64}$'),
  code_version text NOT NULL,
  seed bigint NOT NULL,
  requested_by text NOT NULL CHECK (requested_by <> ''),
  rerun_of text,
  job_id text NOT NULL,
  state text NOT NULL DEFAULT 'queued'
    CHECK (state IN ('queued', 'running', 'finished', 'failed', 'cancelled')),
  created_at timestamptz NOT NULL,
  started_at timestamptz,
  ended_at timestamptz,
  attempts integer NOT NULL DEFAULT 0,
  progress_done float8,
  progress_of float8,
  progress_doing text NOT NULL DEFAULT '',
  error text NOT NULL DEFAULT '',
  data_fingerprint text CHECK (data_fingerprint ~ '^[0-9a-f]{64}$'),
  result_hash text CHECK (result_hash ~ '^[0-9a-f]{64}$'),
  tries bigint,
  total_return float8,
  annual_return float8,
  volatility float8,
  sharpe float8,
  max_drawdown float8,
  final_equity float8,
  trades bigint,
  -- Canonical JSON.
  summary text NOT NULL DEFAULT 'null',
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, job_id) REFERENCES job (workspace_id, id),
  CHECK ((ended_at IS NULL) = (state IN ('queued', 'running'))),
  CHECK ((progress_done IS NULL) = (progress_of IS NULL)),
  CHECK (state <> 'finished' OR (data_fingerprint IS NOT NULL AND result_hash IS NOT NULL))
);
CREATE INDEX run_newest ON run (workspace_id, position DESC);
CREATE INDEX run_unfinished ON run (workspace_id, position) WHERE ended_at IS NULL;
SELECT protect_workspace_table('run', 600, false,
  '{job_id,state,started_at,ended_at,attempts,progress_done,progress_of,progress_doing,error,'
  'data_fingerprint,result_hash,tries,total_return,annual_return,volatility,sharpe,max_drawdown,'
  'final_equity,trades,summary}', true, false);

-- Files that a run gave, kept outside the database.
CREATE TABLE run_artifact (
  workspace_id text NOT NULL,
  run_id text NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  media_type text NOT NULL CHECK (media_type <> ''),
  object text NOT NULL CHECK (object <> ''),
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint NOT NULL CHECK (size >= 0),
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, run_id, name),
  FOREIGN KEY (workspace_id, run_id) REFERENCES run (workspace_id, id)
);
SELECT protect_workspace_table('run_artifact', 610, false, NULL, true, false);

-- What was tried on a strategy and data, by any run; it stays when the run is taken away, for luck is
-- told from skill by how often it was tried. Eight bytes a try of a hash of the parameters, and eight
-- of its Sharpe ratio.
CREATE TABLE run_try (
  workspace_id text NOT NULL REFERENCES workspace (id),
  position bigint GENERATED ALWAYS AS IDENTITY,
  strategy text NOT NULL CHECK (strategy <> ''),
  data text NOT NULL CHECK (data ~ '^[0-9a-f]{64}$'),
  run_id text NOT NULL CHECK (run_id <> ''),
  keys bytea NOT NULL,
  sharpe bytea NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, strategy, data, run_id),
  CHECK (length(keys) % 8 = 0 AND length(keys) = length(sharpe))
);
SELECT protect_workspace_table('run_try', 620, false, '{keys,sharpe,recorded_at}', false, false);

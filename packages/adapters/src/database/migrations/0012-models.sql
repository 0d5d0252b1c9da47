-- Models that have learnt, by name and version. Numbers are given out before a model is kept, so that
-- its files can say which it is; one that never came leaves a gap.
CREATE TABLE model_version (
  workspace_id text NOT NULL REFERENCES workspace (id),
  name text NOT NULL CHECK (name <> ''),
  version integer NOT NULL CHECK (version > 0),
  -- What it was given out for: the id of a run, or of bringing in a file.
  purpose text NOT NULL CHECK (purpose <> ''),
  PRIMARY KEY (workspace_id, name, version),
  UNIQUE (workspace_id, name, purpose)
);
SELECT protect_workspace_table('model_version', 630, false, NULL, false, false);

CREATE TABLE model (
  workspace_id text NOT NULL,
  name text NOT NULL,
  version integer NOT NULL,
  title text NOT NULL,
  kind text NOT NULL CHECK (kind <> ''),
  -- The run may have been taken away since.
  run_id text,
  created_by text NOT NULL CHECK (created_by <> ''),
  -- Canonical JSON.
  record text NOT NULL,
  config text NOT NULL,
  object text NOT NULL CHECK (object <> ''),
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint NOT NULL CHECK (size >= 0),
  stage text NOT NULL DEFAULT 'candidate' CHECK (stage IN ('candidate', 'accepted', 'retired')),
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, name, version),
  FOREIGN KEY (workspace_id, name, version) REFERENCES model_version (workspace_id, name, version)
);
SELECT protect_workspace_table('model', 640, false, '{stage}', false, false);

-- Who trusted a model, or no longer did, when and why.
CREATE TABLE model_stage (
  workspace_id text NOT NULL,
  position bigint GENERATED ALWAYS AS IDENTITY,
  name text NOT NULL,
  version integer NOT NULL,
  stage text NOT NULL CHECK (stage IN ('candidate', 'accepted', 'retired')),
  changed_by text NOT NULL CHECK (changed_by <> ''),
  why text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, position),
  FOREIGN KEY (workspace_id, name, version) REFERENCES model (workspace_id, name, version)
);
CREATE INDEX model_stage_by_model ON model_stage (workspace_id, name, version, position);
SELECT protect_workspace_table('model_stage', 650, true, NULL, false, false);

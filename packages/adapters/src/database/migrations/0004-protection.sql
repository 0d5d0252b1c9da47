-- Every row is seen and written in its own workspace only, whatever the query says.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'workspace_head', 'account', 'portfolio', 'instrument', 'alias', 'mapping', 'import',
    'ledger_entry', 'reversal', 'price_block', 'price_quarantine', 'idempotency', 'outbox'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY own_workspace ON %I'
      ' USING (workspace_id = current_setting(''app.workspace'', true))'
      ' WITH CHECK (workspace_id = current_setting(''app.workspace'', true))', name);
    EXECUTE format(
      'CREATE POLICY audit ON %I FOR SELECT TO plimsoll_audit USING (true)', name);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO plimsoll_app', name);
    EXECUTE format('GRANT SELECT ON %I TO plimsoll_audit', name);
  END LOOP;
END
$$;

GRANT SELECT, INSERT ON workspace TO plimsoll_app;
GRANT SELECT ON workspace TO plimsoll_audit;
GRANT SELECT ON migration TO plimsoll_app, plimsoll_audit;

GRANT UPDATE (seq, hash, recorded_at, catalogue_version, price_version)
  ON workspace_head TO plimsoll_app;
GRANT UPDATE ON account, portfolio, instrument, alias, mapping TO plimsoll_app;
GRANT DELETE ON portfolio TO plimsoll_app;
GRANT UPDATE (undone_at) ON import TO plimsoll_app;
GRANT UPDATE (published_at) ON outbox TO plimsoll_app;

-- Facts stay as they were written, for the owner of the tables too. The one way out is to remove a
-- demo workspace whole.
CREATE FUNCTION refuse_change() RETURNS trigger
  LANGUAGE plpgsql SET search_path = plimsoll, pg_temp
AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.workspace_id = current_setting('plimsoll.removing', true)
      AND (SELECT demo FROM workspace WHERE id = OLD.workspace_id) THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'Facts are append-only: % on % is refused.', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation',
      HINT = 'Record a reversal and a new entry instead.';
END
$$;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'ledger_entry', 'reversal', 'price_block', 'price_quarantine', 'idempotency'
  ] LOOP
    EXECUTE format(
      'CREATE TRIGGER refuse_update BEFORE UPDATE OR TRUNCATE ON %I'
      ' FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
    EXECUTE format(
      'CREATE TRIGGER refuse_delete BEFORE DELETE ON %I'
      ' FOR EACH ROW EXECUTE FUNCTION refuse_change()', name);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER refuse_update', name);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER refuse_delete', name);
  END LOOP;
END
$$;

-- A workspace never turns into a demo, and the end of its chain never moves back.
CREATE FUNCTION refuse_step_back() RETURNS trigger
  LANGUAGE plpgsql SET search_path = plimsoll, pg_temp
AS $$
BEGIN
  IF NEW.seq < OLD.seq OR NEW.recorded_at < OLD.recorded_at
    OR NEW.catalogue_version < OLD.catalogue_version
    OR NEW.price_version < OLD.price_version THEN
    RAISE EXCEPTION 'The head of workspace % cannot move back.', OLD.workspace_id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER refuse_step_back BEFORE UPDATE ON workspace_head
  FOR EACH ROW EXECUTE FUNCTION refuse_step_back();

CREATE FUNCTION refuse_demo_change() RETURNS trigger
  LANGUAGE plpgsql SET search_path = plimsoll, pg_temp
AS $$
BEGIN
  RAISE EXCEPTION 'Workspace % cannot change between demo and real.', OLD.id
    USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER refuse_demo_change BEFORE UPDATE ON workspace
  FOR EACH ROW WHEN (OLD.demo IS DISTINCT FROM NEW.demo OR OLD.id IS DISTINCT FROM NEW.id)
  EXECUTE FUNCTION refuse_demo_change();

-- Removes a demo workspace with all it holds; runs as the owner, because the application may not
-- delete facts.
CREATE FUNCTION remove_demo_workspace(doomed text) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = plimsoll, pg_temp
AS $$
DECLARE
  name text;
BEGIN
  IF NOT EXISTS (SELECT FROM workspace WHERE id = doomed AND demo) THEN
    RAISE EXCEPTION 'Workspace % is not a demo and cannot be removed.', doomed
      USING ERRCODE = 'restrict_violation';
  END IF;
  PERFORM set_config('app.workspace', doomed, true);
  PERFORM set_config('plimsoll.removing', doomed, true);
  FOREACH name IN ARRAY ARRAY[
    'outbox', 'idempotency', 'price_quarantine', 'price_block', 'reversal', 'ledger_entry',
    'import', 'alias', 'mapping', 'portfolio', 'instrument', 'account', 'workspace_head'
  ] LOOP
    EXECUTE format('DELETE FROM %I WHERE workspace_id = $1', name) USING doomed;
  END LOOP;
  DELETE FROM workspace WHERE id = doomed;
  PERFORM set_config('plimsoll.removing', '', true);
END
$$;

REVOKE ALL ON FUNCTION remove_demo_workspace(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION remove_demo_workspace(text) TO plimsoll_app;

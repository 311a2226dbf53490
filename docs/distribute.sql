-- Spreads the index over the workers of a Citus cluster, by collection. Run it once, in the database
-- that KIROKU_STORE names, after `kiroku check` has made the tables and before the first ingest:
--
--     psql "$KIROKU_STORE" --set ON_ERROR_STOP=1 --file distribute.sql
--
-- A collection (a municipality) lies on one worker with all that belongs to it, so a question and a
-- publication go to one worker. pgvector has to be installed on each of them.
-- Not tried on a cluster: there is none where Kiroku is tested.

BEGIN;
SET LOCAL search_path = kiroku, public;
SET LOCAL citus.propagate_set_commands = 'local';
SELECT create_reference_table('version');
SELECT create_distributed_table('meta', 'collection');
SELECT create_distributed_table('documents', 'collection', colocate_with => 'meta');
SELECT create_distributed_table('passages', 'collection', colocate_with => 'meta');
SELECT create_distributed_table('successors', 'collection', colocate_with => 'meta');
SELECT create_distributed_table('vectors', 'collection', colocate_with => 'meta');
SELECT create_distributed_table('generations', 'collection', colocate_with => 'meta');
SELECT create_distributed_table('postings', 'collection', colocate_with => 'meta');
COMMIT;

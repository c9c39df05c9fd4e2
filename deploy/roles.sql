-- Roles and databases, once, as a superuser. Six roles, so that no process can do more than its work; the names are
-- fixed, since migrations name them. Give each a password of its own:
--   psql -v owner=… -v app=… -v audit=… -v maintenance=… -v backup=… -f deploy/roles.sql
-- With PostgreSQL as broker too (RabbitMQ is better): add -v broker=…
\set ON_ERROR_STOP on
CREATE ROLE casustafel_owner       LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'owner';
CREATE ROLE casustafel_app         LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'app';
CREATE ROLE casustafel_audit       LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'audit';
CREATE ROLE casustafel_maintenance LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS   PASSWORD :'maintenance';
CREATE ROLE casustafel_backup      LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS   PASSWORD :'backup';
SELECT current_setting('server_version_num')::int >= 160000 AS newer \gset
\if :newer
  GRANT casustafel_maintenance TO casustafel_owner WITH INHERIT FALSE, SET TRUE;
\else
  GRANT casustafel_maintenance TO casustafel_owner;
\endif
CREATE DATABASE casustafel OWNER casustafel_owner;
\if :{?broker}
  CREATE ROLE casustafel_broker LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'broker';
  CREATE DATABASE casustafel_broker OWNER casustafel_broker;
\endif
\connect casustafel
ALTER SCHEMA public OWNER TO casustafel_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO casustafel_maintenance;
GRANT USAGE ON SCHEMA public TO casustafel_app, casustafel_audit;
ALTER DEFAULT PRIVILEGES FOR ROLE casustafel_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO casustafel_app, casustafel_maintenance;
ALTER DEFAULT PRIVILEGES FOR ROLE casustafel_owner IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO casustafel_app, casustafel_maintenance;

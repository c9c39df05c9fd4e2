# Settings for tools that import Django but need no database (types, import contracts, generated docs).
export DJANGO_SETTINGS_MODULE=config.settings CASUSTAFEL_TESTING=1 SECRET_KEY=only-for-checks
export CASUSTAFEL_ROOT_KEY=cnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI=
export CASUSTAFEL_INDEX_KEY=aWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWk=
export CASUSTAFEL_AUDIT_KEY=YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=
export DATABASE_URL=postgres://nobody@127.0.0.1/none DATABASE_AUDIT_URL=postgres://nobody@127.0.0.1/none
export DATABASE_OWNER_URL=postgres://nobody@127.0.0.1/none DATABASE_MAINTENANCE_URL=postgres://nobody@127.0.0.1/none

"""PostgreSQL and Valkey from two PyPI wheels, as child processes: the engines of a server, none to install.

`children` ties a process to its parent, `identity` says under whom PostgreSQL runs, `state` is the folder
where everything lives, `postgres` and `valkey` start one server each, `services` opens both for a profile
(run, test, bench).
A server named by DATABASE_URL or REDIS_URL replaces the embedded one. On the command line:

    python -m ehpad_eprescription.embedded exec [--profile run|test|bench] -- COMMAND …
"""

"""`python -m tests.login.provider.run PORT SECRET CALLBACK…`: migrates, registers the one client, and serves."""

from __future__ import annotations

import os
import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.login.provider.settings"


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


class Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


def main() -> None:
    import django

    django.setup()
    from allauth.idp.oidc.models import Client
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    port, secret, *callbacks = sys.argv[1:]
    call_command("migrate", verbosity=0)
    client = Client(id="casustafel", name="Casustafel", scopes="openid\nprofile\nemail", skip_consent=True)
    client.set_redirect_uris(callbacks)
    client.set_secret(secret)
    client.save()
    with make_server("127.0.0.1", int(port), get_wsgi_application(), Threads, Quiet) as server:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        server.serve_forever()


main()

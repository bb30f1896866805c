"""A service that asks the gate before it shows an order."""

import base64
import json
import os
import socketserver
import threading
import time
import urllib.parse
import urllib.request
import uuid
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

DECISIONS = os.environ.get("GATE_DECISIONS", "http://127.0.0.1:8082")
KEYS = os.environ.get("GATE_KEYS", "http://127.0.0.1:8081/.well-known/jwks.json")
AUDIENCE = os.environ.get("GATE_AUDIENCE", "shop")
API_KEY = os.environ.get("GATE_API_KEY", "")
DEADLINE = int(os.environ.get("GATE_DEADLINE", "500")) / 1000


class Refused(Exception):
    def __init__(self, status):
        super().__init__(str(status))
        self.status = status


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(NoRedirects, urllib.request.ProxyHandler({}))


class GateKeys:
    """The gate's keys; fetched again when a token names another, once a minute at most."""

    def __init__(self):
        self._lock = threading.Lock()
        self._keys = {}
        self._fetched = float("-inf")

    def find(self, kid):
        with self._lock:
            stale = time.monotonic() - self._fetched > 60 or not self._keys
            if kid not in self._keys and stale:
                self._fetched = time.monotonic()
                with OPENER.open(KEYS, timeout=DEADLINE) as answer:
                    self._keys = {key["kid"]: key for key in json.load(answer)["keys"]}
            return self._keys[kid]


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def signed(key, text, signature):
    x, y = (int.from_bytes(decoded(key[name]), "big") for name in ("x", "y"))
    if len(signature) != 64:
        raise ValueError("the signature is wrong")
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    public = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    public.verify(utils.encode_dss_signature(r, s), text.encode(), ec.ECDSA(hashes.SHA256()))


class AskingTheGate:
    """WSGI middleware: knows who calls, as the gate says, and asks it what they may do."""

    def __init__(self, application):
        self._application = application
        self._keys = GateKeys()

    def __call__(self, environ, start_response):
        try:
            environ["gate"] = self._caller(environ.get("HTTP_AUTHORIZATION", ""))
            status, body = self._application(environ)
        except Refused as refused:
            status, body = refused.status, {}
        except Exception:  # what is not known to be allowed is not shown
            status, body = 503, {}
        text = json.dumps(body).encode()
        headers = [
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(text))),
            ("Cache-Control", "no-store"),
        ]
        start_response(f"{status} .", headers)
        return [text]

    def _caller(self, authorization):
        token = authorization.removeprefix("Bearer ")
        try:
            head, body, signature = token.split(".")
            header = json.loads(decoded(head))
            if header.get("alg") != "ES256" or header.get("typ") != "JWT":
                raise ValueError("not the gate's")
            signed(self._keys.find(header.get("kid")), f"{head}.{body}", decoded(signature))
            claims = json.loads(decoded(body))
            now = time.time()
            if claims.get("iss") != "gatewarden" or claims.get("aud") != AUDIENCE:
                raise ValueError("not for us")
            if not claims.get("exp", 0) > now - 5 or not claims.get("iat", now + 99) <= now + 5:
                raise ValueError("not now")
            return Caller(token, claims["sub"], claims.get("tenant"))
        except (ValueError, KeyError, TypeError, OSError, InvalidSignature):
            raise Refused(401) from None


class Caller:
    def __init__(self, token, subject, tenant):
        self.token, self.subject, self.tenant = token, subject, tenant

    def ask(self, action, ids):
        """What the gate says of each object: 200, or the status to answer."""
        if not ids:
            return []
        question = {
            "subject": {"type": "user", "id": self.subject, "properties": {"token": self.token}},
            "action": {"name": action},
            "evaluations": [{"resource": {"type": "order", "id": each}} for each in ids],
        }
        request = urllib.request.Request(
            DECISIONS + "/access/v1/evaluations",
            data=json.dumps(question).encode(),
            headers={"Content-Type": "application/json", "X-API-Key": API_KEY},
        )
        try:
            with OPENER.open(request, timeout=DEADLINE) as answer:
                told = json.load(answer)["evaluations"]
        except (OSError, ValueError, KeyError, TypeError):
            raise Refused(503) from None
        if not isinstance(told, list) or len(told) != len(ids):
            raise Refused(503)
        return [self._status(each) for each in told]

    @staticmethod
    def _status(each):
        if isinstance(each, dict) and each.get("decision") is True:
            return 200
        status = each.get("context", {}).get("status") if isinstance(each, dict) else None
        return status if status in (401, 403, 404) else 503


ORDERS = {}


def orders(environ):
    who, method, path = environ["gate"], environ["REQUEST_METHOD"], environ["PATH_INFO"]
    if path == "/orders" and method == "POST":
        made = {"id": str(uuid.uuid4()), "customerId": who.subject, "tenantId": who.tenant}
        ORDERS[made["id"]] = made
        return 201, made
    if path == "/orders" and method == "GET":
        ids = list(ORDERS)[:100]
        said = who.ask("getOrder", ids)
        return 200, {"data": [ORDERS[id] for id, status in zip(ids, said) if status == 200]}
    if path.startswith("/orders/") and method == "GET":
        id = path.removeprefix("/orders/")
        [said] = who.ask("getOrder", [id])
        if said != 200:
            raise Refused(said)
        if id not in ORDERS:
            raise Refused(404)
        return 200, ORDERS[id]
    raise Refused(404)


class Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


if __name__ == "__main__":
    port = int(os.environ.get("PORT", "0"))
    with make_server("127.0.0.1", port, AskingTheGate(orders), Server, Quiet) as server:
        print(f"listening on {server.server_port}", flush=True)
        server.serve_forever()

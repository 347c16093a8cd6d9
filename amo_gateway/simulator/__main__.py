"""Start the simulated service: `python -m amo_gateway.simulator --port P --page-port Q --pki DIR --state FILE`."""

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

from amo_gateway.simulator.page import PageServer
from amo_gateway.simulator.server import Server
from amo_gateway.simulator.service import DEFAULT_IDAMS, Service
from amo_gateway.simulator.store import Store


def main() -> None:
    """Serve until SIGTERM or Ctrl-C."""
    options = _options()
    os.umask(0o077)  # the store holds prescriptions: its owner alone reads it
    service = Service(
        Store(options.state),
        options.pki / "ca.pem",
        idams=frozenset(options.idam) or DEFAULT_IDAMS,
        unknown_products=frozenset(options.unknown_product),
    )
    wire = Server((options.host, options.port), service, options.pki)
    page = PageServer((options.host, options.page_port), service)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    for server in (wire, page):
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    sys.stdout.write(
        f"simulateur prêt : service {options.host}:{options.port}, page {options.host}:{options.page_port}\n"
    )
    sys.stdout.flush()
    stop.wait()
    wire.closing.set()
    for server in (wire, page):
        server.shutdown()
        server.server_close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--page-port", type=int, required=True)
    parser.add_argument("--pki", type=Path, required=True)
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--idam", action="append", default=[], help="numéro d'autorisation accepté")
    parser.add_argument(
        "--unknown-product",
        action="append",
        default=[],
        help="CIS ou code LPP que le service dit ne pas connaître",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()

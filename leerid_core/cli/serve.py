"""`leerid serve`: the Schoolloket in the browser."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from leerid_core.cli.session import Session, current
from leerid_core.server.settings import ServerSettings


def serve(
    context: typer.Context,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Poort [LEERID_PORT; 8866]; 0: een vrije.")
    ] = None,
    host: Annotated[
        str | None, typer.Option(help="Adres om op te luisteren [LEERID_HOST; 127.0.0.1].")
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option(help="Certificaat voor https [LEERID_CERTIFICATE].")
    ] = None,
    certificate_key: Annotated[
        Path | None, typer.Option(help="Sleutel van het certificaat [LEERID_CERTIFICATE_KEY].")
    ] = None,
    base_url: Annotated[
        str | None, typer.Option(help="Pad achter een proxy [LEERID_BASE_URL; /].")
    ] = None,
    preheat: Annotated[
        bool, typer.Option(help="Houd van elke pagina een kernel klaar [LEERID_READY_PAGES; 1].")
    ] = True,
) -> None:
    """Start het Schoolloket in de browser; Ctrl-C stopt het."""
    settings = ServerSettings.collect(
        os.environ,
        port=port,
        host=host,
        certificate=certificate,
        certificate_key=certificate_key,
        base_url=base_url,
        ready_pages=None if preheat else 0,
    )
    run(current(context), settings)


def run(session: Session, settings: ServerSettings) -> None:
    """Serve until the process is asked to stop."""
    # Half a second of imports, for this command only.
    from leerid_core.server.application import Schoolloket

    with session.context() as opened:
        server = Schoolloket(opened, session.settings, settings)
        asyncio.run(server.run(lambda address: _announce(session, address)))


def _announce(session: Session, address: str) -> None:
    session.document({"address": address})
    sys.stdout.flush()
    session.say(
        f"Het Schoolloket staat op {address}",
        f"Mijn LeerID, voor leerlingen, staat op {address}mijn/",
        "Stop met Ctrl-C.",
    )

"""The server: Solara's own, whose page says its language and may load nothing from elsewhere."""

from __future__ import annotations

import re
import warnings

import solara.server.starlette as solara_server
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from simcomunita.app import guide
from simcomunita.app.frame import NAMES
from simcomunita.app.gathering import DOORS
from simcomunita.app.guarding import HERE_IS, PROJECTOR, Guarded, default_language, keep_brief
from simcomunita.app.packing import Packed
from simcomunita.app.words import word
from simcomunita.experiment.wording import LANGUAGES, Language

# Solara says so of every address but "localhost": the cookie is of this server alone, which is as it should be.
warnings.filterwarnings("ignore", message="Cookies with samesite=none require https")

keep_brief()

PATIENT = """<script>
(() => {
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (ms) => timeout(Math.max(ms, 120000));
})();
</script>"""
"""anywidget gives each widget two seconds to begin, which an old phone, or a computer that simulates, may not keep."""


async def _page(request: Request) -> Response:
    """Answer with Solara's page, whose first line says its language, and which may be enlarged."""
    response = await solara_server.root(request, fullpath="")
    if not isinstance(response.body, bytes) or not response.headers.get("content-type", "").startswith("text/html"):
        return response
    asked = request.query_params.get("lang", "")
    language = asked if asked in LANGUAGES else default_language(request.headers.get("accept-language", ""))
    text = response.body.decode("utf-8")
    text = text.replace("<html>", f'<html lang="{language}">', 1).replace("<head>", f"<head>{PATIENT}", 1)
    text = re.sub(r'(<meta name="viewport" content=")[^"]*', r"\1width=device-width, initial-scale=1", text, count=1)
    response.body = text.encode("utf-8")
    response.headers["content-length"] = str(len(response.body))
    return response


async def _here(_: Request) -> Response:
    """Say which server this is, so that a page notices that it was restarted."""
    return JSONResponse({"here": HERE_IS})


def _language(request: Request) -> Language:
    asked = request.query_params.get("lang", "")
    known = next((one for one in LANGUAGES if one == asked), None)
    return known or default_language(request.headers.get("accept-language", ""))


async def _guide(request: Request) -> Response:
    """Answer with the guide for who leads a workshop."""
    language = _language(request)
    links = [(f"guide.pdf?lang={language}", word("guide print", language))]
    links += [(f"guide?lang={other}", NAMES[other]) for other in LANGUAGES if other != language]
    return HTMLResponse(await run_in_threadpool(guide.as_html, language, tuple(links)))


async def _guide_pdf(request: Request) -> Response:
    """Answer with the guide to print."""
    language = _language(request)
    name = guide.FILES[language].replace(".md", ".pdf")
    written = await run_in_threadpool(guide.as_pdf, language)
    return Response(
        written, media_type="application/pdf", headers={"content-disposition": f'inline; filename="{name}"'}
    )


async def _projector(request: Request) -> Response:
    """Let the projector in: from now on its cookie says who it is, and no address that could be read off the wall."""
    language = default_language(request.headers.get("accept-language", ""))
    token = request.path_params["token"]
    if DOORS.room is None or not DOORS.room.leads(token):
        return PlainTextResponse(word("no projector", language), status_code=404)
    response = RedirectResponse(f"/?lang={language}&page=room", status_code=303)
    response.set_cookie(PROJECTOR, token, httponly=True, samesite="lax")
    return response


workshop: ASGIApp = Guarded(
    Packed(
        Starlette(
            routes=[
                Route("/", endpoint=_page),
                Route("/here", endpoint=_here),
                Route("/projector/{token}", endpoint=_projector),
                Route("/guide", endpoint=_guide),
                Route("/guide.pdf", endpoint=_guide_pdf),
                *solara_server.routes,
            ],
            lifespan=solara_server.lifespan,
            middleware=solara_server.middleware,
        )
    )
)

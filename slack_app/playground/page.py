"""The playground's page: one shell, its state as keyed pieces of HTML, and the files beside it."""

from io import BytesIO

from flask import Blueprint, Response, abort, jsonify, request, send_file

from slack_app.playground.drawing import environment
from slack_app.playground.page_state import Look, PlaygroundToDraw, Sight

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def create_page(playground: PlaygroundToDraw) -> Blueprint:
    """Return the blueprint of /, /page/state and /page/static/…, to be mounted at the root."""
    page = Blueprint("page", __name__, static_folder="static", static_url_path="/page/static")

    @page.get("/")
    def shell() -> str:
        sight = Sight(playground, look())
        return environment.get_template("page.html").render(s=sight)

    @page.get("/page/state")
    def state() -> Response:
        answer = jsonify(Sight(playground, look()).state())
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @page.get("/page/files/<file_id>")
    def file(file_id: str) -> Response:
        with playground.workspace.lock:
            found = playground.workspace.files.get(file_id)
        if found is None or not found["is_complete"]:
            abort(404)
        # As a download and as bytes, so that no browser opens what an app sent on the page's own address.
        return send_file(
            BytesIO(found["bytes"]),
            "application/octet-stream",
            as_attachment=True,
            download_name=found["name"],
        )

    @page.after_request
    def guard(answer: Response) -> Response:
        answer.headers["Content-Security-Policy"] = POLICY
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    return page


def look() -> Look:
    given = request.args
    known = given.get("known", 0, type=int)
    return Look(given.get("as", ""), given.get("channel", ""), given.get("thread", ""), known)

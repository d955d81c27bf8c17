"""The playground's page: one shell, its state as keyed pieces of HTML, and the files beside it."""

from flask import Blueprint, Response, jsonify, request

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

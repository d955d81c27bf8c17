"""The one Web API client: it knows what is permanent, and what is worth another try."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient

from slack_app.kit.blocks import Block, Note
from surveys.people import Member

UNDONE = frozenset({"rate_limited", "ratelimited", "request_timeout", "service_unavailable"})
"""What passes, and surely nothing was done. The second is said of a request that did not arrive whole."""
HALF_DONE = frozenset({"fatal_error", "internal_error"})
"""What passes too, though "some aspect of the operation" may have succeeded, as Slack says of these two."""
DEAD = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "not_authed",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    }
)
"""What is said of the token, whatever it was used for: the app was taken out, or has a new one.

Not permanent: nothing is tried while the workspace is left, and what was wanted still is when we are back.
"""
MAKES_ANEW = frozenset({"chat.postMessage", "files.completeUploadExternal"})
"""What is there twice when it is done twice."""
TIMEOUT_SECONDS = 10
FIRST_SIGHT_SECONDS = 1
OPENING_SECONDS = 2
"""Slack waits three for our answer, and a trigger lives no longer."""


@dataclass(eq=False)
class SlackSaidNo(Exception):
    """A call that Slack refused or that never came back.

    error: Slack's own word, or "no_answer"; wait_seconds: what Retry-After asks for, 0 where it is silent.
    is_doubtful: Slack may have done the work all the same.
    """

    method: str
    error: str
    is_permanent: bool
    wait_seconds: float = 0.0
    is_doubtful: bool = False

    def __str__(self) -> str:
        return f"{self.method}: {self.error}"

    @property
    def may_stand_twice(self) -> bool:
        """Whether another try may put a second message beside the first."""
        return self.is_doubtful and self.method in MAKES_ANEW

    @property
    def is_dead(self) -> bool:
        """Whether our token is good for nothing any more."""
        return self.error in DEAD


def client_for_bolt(api_url: str) -> WebClient:
    """Return the client Bolt asks for; the token comes with each request's authorization."""
    return WebClient(base_url=api_url, timeout=TIMEOUT_SECONDS, retry_handlers=[])


class Slack:
    """The workspace's Web API, in our words. Nothing is repeated here: a second post makes a second poll.

    when_dead: told Slack's word for it whenever a call finds our token dead.
    """

    def __init__(
        self, token: str, api_url: str, when_dead: Callable[[str], None] = lambda _error: None
    ) -> None:
        self._when_dead = when_dead
        self._client = self._web_client(token, api_url, TIMEOUT_SECONDS)
        self._hasty = self._web_client(token, api_url, FIRST_SIGHT_SECONDS)
        self._opening = self._web_client(token, api_url, OPENING_SECONDS)

    @staticmethod
    def _web_client(token: str, api_url: str, timeout_seconds: int) -> WebClient:
        return WebClient(token=token, base_url=api_url, timeout=timeout_seconds, retry_handlers=[])

    def who_am_i(self) -> Mapping[str, Any]:
        """Return auth.test's answer: team_id, user_id, bot_id; `scopes` that are granted, Slack's `date`."""
        answer = self._call("auth.test", self._client.auth_test)
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return {
            **_data(answer),
            "scopes": str(headers.get("x-oauth-scopes", "")),
            "date": str(headers.get("date", "")),
        }

    def open_connection(self, app_token: str) -> str:
        """Return the address of a new Socket Mode connection, good once."""
        answer = _call(
            "apps.connections.open", lambda: self._client.apps_connections_open(app_token=app_token)
        )
        return str(answer["url"])

    def post(self, channel: str, note: Note, thread: str | None = None) -> str:
        """Post to a channel, or to a person by a direct message; return the message's timestamp.

        thread: the timestamp of the message below which it is to stand.
        """
        return self.post_directly(channel, note, thread)[1]

    def post_directly(self, user: str, note: Note, thread: str | None = None) -> tuple[str, str]:
        """Post to a person; return the conversation it stands in and its timestamp, to be updated by."""
        answer = self._call(
            "chat.postMessage",
            lambda: self._client.chat_postMessage(
                channel=user,
                text=note.text,
                blocks=list(note.blocks),
                thread_ts=thread,
                unfurl_links=False,
                unfurl_media=False,
            ),
        )
        return str(answer["channel"]), str(answer["ts"])

    def whisper(self, channel: str, user: str, note: Note, thread: str | None = None) -> None:
        """Show a note to one person only, in a conversation where we both are.

        thread: the timestamp of the message below which it is to stand.
        """
        self._call(
            "chat.postEphemeral",
            lambda: self._client.chat_postEphemeral(
                channel=channel, user=user, text=note.text, blocks=list(note.blocks), thread_ts=thread
            ),
        )

    def open_talk(self, users: Sequence[str]) -> str:
        """Return the group conversation of these people with us, begun where there was none."""
        answer = self._call("conversations.open", lambda: self._client.conversations_open(users=list(users)))
        return str(_data(answer)["channel"]["id"])

    def update(self, channel: str, message: str, note: Note) -> None:
        self._call(
            "chat.update",
            lambda: self._client.chat_update(
                channel=channel, ts=message, text=note.text, blocks=list(note.blocks)
            ),
        )

    def share(self, channel: str, thread: str | None, name: str, text: str, comment: str) -> None:
        """Share a text file in a channel; comment: what is said above it.

        thread: the timestamp of the message below which it is to stand. Only the last of the three calls
        shows anything to anybody.
        """
        content = text.encode()
        place = _data(
            self._call(
                "files.getUploadURLExternal",
                lambda: self._client.files_getUploadURLExternal(filename=name, length=len(content)),
            )
        )
        _upload(str(place["upload_url"]), content, self._client.proxy)
        self._call(
            "files.completeUploadExternal",
            lambda: self._client.files_completeUploadExternal(
                files=[{"id": str(place["file_id"]), "title": name}],
                channel_id=channel,
                thread_ts=thread,
                initial_comment=comment,
            ),
        )

    def open_modal(self, trigger: str, view: Block) -> None:
        self._call("views.open", lambda: self._opening.views_open(trigger_id=trigger, view=view))

    def push_modal(self, trigger: str, view: Block) -> None:
        """Put a modal over the one that is open, which comes back as it was."""
        self._call("views.push", lambda: self._opening.views_push(trigger_id=trigger, view=view))

    def update_modal(self, view_id: str, view: Block, shown: str | None = None) -> None:
        """Turn an open modal into this one; with `shown`, Slack's mark, only if it shows that still."""
        self._call("views.update", lambda: self._client.views_update(view_id=view_id, view=view, hash=shown))

    def publish_home(self, user: str, view: Block) -> None:
        self._call("views.publish", lambda: self._client.views_publish(user_id=user, view=view))

    def member(self, user: str) -> Member:
        """Return a person not yet known, within a second: somebody waits for the answer."""
        answer = self._call("users.info", lambda: self._hasty.users_info(user=user, include_locale=True))
        return member_from(_data(answer)["user"])

    def members(self) -> Iterator[tuple[Member, ...]]:
        """Give all members, page by page; only an empty cursor is the end, a page may hold few or none."""
        cursor = ""
        while True:
            answer = self._members_page(cursor)
            yield tuple(member_from(person) for person in answer["members"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return

    def channel_members(self, channel: str, at_once: int = 200) -> Iterator[tuple[str, ...]]:
        """Give the ids of all that are in a channel, bots too, page by page."""
        cursor = ""
        while True:
            answer = self._channel_members_page(channel, cursor, at_once)
            yield tuple(answer["members"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return

    def is_in(self, channel: str) -> bool:
        """Say whether we are in a conversation. A private one where we are not is not found."""
        try:
            answer = self._call(
                "conversations.info", lambda: self._client.conversations_info(channel=channel)
            )
        except SlackSaidNo as fault:
            if fault.error != "channel_not_found":
                raise
            return False
        found = _data(answer)["channel"]
        # Slack does not say it of direct messages, which nobody else can see.
        return bool(found.get("is_member", found.get("is_im") or found.get("is_mpim")))

    def _channel_members_page(self, channel: str, cursor: str, at_once: int) -> Mapping[str, Any]:
        return _data(
            self._call(
                "conversations.members",
                lambda: self._client.conversations_members(
                    channel=channel, limit=at_once, cursor=cursor or None
                ),
            )
        )

    def _call(self, method: str, call: Callable[[], SlackResponse]) -> SlackResponse:
        try:
            return _call(method, call)
        except SlackSaidNo as fault:
            if fault.is_dead:
                self._when_dead(fault.error)
            raise

    def _members_page(self, cursor: str) -> Mapping[str, Any]:
        return _data(
            self._call(
                "users.list",
                lambda: self._client.users_list(limit=200, cursor=cursor or None, include_locale=True),
            )
        )


def reply(response_url: str, note: Note) -> None:
    """Answer by a response URL, to the one person only; it works where the app is no member."""
    client = WebhookClient(response_url, timeout=TIMEOUT_SECONDS, retry_handlers=[])
    try:
        answer = client.send(
            text=note.text,
            blocks=list(note.blocks) or None,
            response_type="ephemeral",
            replace_original=False,
        )
    except ValueError as fault:
        raise SlackSaidNo("response_url", "invalid_url", is_permanent=True) from fault
    except (URLError, HTTPException, TimeoutError, ConnectionError) as fault:
        raise SlackSaidNo("response_url", "no_answer", is_permanent=False, is_doubtful=True) from fault
    if answer.status_code != 200:
        raise SlackSaidNo("response_url", str(answer.status_code), is_permanent=answer.status_code < 500)


def _upload(url: str, content: bytes, proxy: str | None) -> None:
    """Send a file to where Slack wants it, by the proxy that slack_sdk takes for all other calls."""
    by_proxy = [ProxyHandler({"http": proxy, "https": proxy})] if proxy else []
    sent = Request(url, content, method="POST")  # noqa: S310 the address is Slack's own answer
    try:
        with build_opener(*by_proxy).open(sent, timeout=TIMEOUT_SECONDS):
            pass
    except HTTPError as refused:
        refused.close()
        raise SlackSaidNo("file upload", f"http_{refused.code}", is_permanent=False) from refused
    except (URLError, HTTPException, TimeoutError, ConnectionError) as fault:
        raise SlackSaidNo("file upload", "no_answer", is_permanent=False) from fault


def member_from(person: Mapping[str, Any]) -> Member:
    """Return a member as a Slack user object describes them."""
    profile = person.get("profile") or {}
    return Member(
        id=person["id"],
        name=profile.get("display_name") or person.get("real_name") or person.get("name") or person["id"],
        locale=person.get("locale"),
        zone=person.get("tz"),
        is_admin=bool(person.get("is_admin") or person.get("is_owner")),
        is_guest=person.get("is_restricted"),
        is_bot=bool(person.get("is_bot")) or person["id"] == "USLACKBOT",
        has_left=bool(person.get("deleted")),
    )


def _call(method: str, call: Callable[[], SlackResponse]) -> SlackResponse:
    try:
        return call()
    except SlackApiError as refused:
        raise _refusal(method, refused.response) from refused
    except (URLError, HTTPException, TimeoutError, ConnectionError) as fault:
        # urllib says so of whatever happened before the request was out: no address, no line, half a request.
        unheard = isinstance(fault, URLError)
        raise SlackSaidNo(method, "no_answer", is_permanent=False, is_doubtful=not unheard) from fault


def _refusal(method: str, answer: SlackResponse | Mapping[str, Any]) -> SlackSaidNo:
    status = getattr(answer, "status_code", 200)
    headers = getattr(answer, "headers", {})
    said = answer.get("error") if isinstance(_body(answer), dict) else None
    if said is not None and " " in said:
        said = None  # slack_sdk's words for a page that somebody between us and Slack made
    wait = _seconds(next((value for name, value in headers.items() if name.lower() == "retry-after"), ""))
    if status == 429:
        return SlackSaidNo(method, "ratelimited", is_permanent=False, wait_seconds=wait or 1.0)
    if status == HTTPStatus.SERVICE_UNAVAILABLE or said in UNDONE:
        return SlackSaidNo(method, said or f"http_{status}", is_permanent=False, wait_seconds=wait)
    if status >= 500 or said is None or said in HALF_DONE:
        return SlackSaidNo(method, said or f"http_{status}", is_permanent=False, is_doubtful=True)
    return SlackSaidNo(method, said, is_permanent=said not in DEAD, wait_seconds=wait)


def _seconds(asked: str) -> float:
    """Return what Retry-After asks for; a proxy between may say a date, which counts as silence."""
    return float(asked) if asked.isascii() and asked.isdecimal() else 0.0


def _body(answer: SlackResponse | Mapping[str, Any]) -> object:
    return answer.data if isinstance(answer, SlackResponse) else answer


def _data(answer: SlackResponse) -> dict[str, Any]:
    body = answer.data
    if not isinstance(body, dict):
        raise TypeError("Slack answered with something that is not JSON")
    return body

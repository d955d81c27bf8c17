"""The seeded workspace: people, channels and a few old messages, so that nothing starts empty."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from slack_app.playground.people import Channel, User
from slack_app.playground.workspace import BOT_ID, BOT_USER, Message, Workspace

ELSEWHERE = "T0ELSEWHERE"

_PEOPLE = (
    User("U0ANA", "ana", "Ana Ribeiro", "Europe/Lisbon", locale="en-GB", is_admin=True, is_owner=True),
    User("U0BEN", "ben", "Ben Okafor", "Europe/London", locale="en-GB"),
    User("U0CHLOE", "chloe", "Chloé Martin", "Europe/Paris", locale="fr-FR"),
    User("U0DRISS", "driss", "Driss Alaoui", "Africa/Casablanca", locale="fr-FR"),
    User("U0EMI", "emi", "Emi Tanaka", "Asia/Tokyo"),
    User("U0FARAH", "farah", "Farah Siddiqui", "Asia/Kolkata"),
    User("U0GIL", "gil", "Gil Navarro", "Europe/Madrid", is_restricted=True),
    User("U0HUGO", "hugo", "Hugo Lindqvist", "Europe/Stockholm"),
    User("U0INES", "ines", "Inés Quispe", "America/Lima"),
    User("U0JO", "jo", "Jo Whitaker", "America/Los_Angeles"),
    User("U0KOFI", "kofi", "Kofi Mensah", "Africa/Accra"),
    User("U0LEO", "leo", "Leo Fontaine", deleted=True),
    User("U0MAYA", "maya", "Maya Cohen", "America/New_York"),
)
_BOTS = (
    User(BOT_USER, "palabre", "Palabre", is_bot=True, bot_id=BOT_ID),
    User("U0CLOCKBOT", "clockbot", "Clockbot", is_bot=True, bot_id="B0CLOCKBOT"),
    # Slack itself calls its own bot no bot.
    User("USLACKBOT", "slackbot", "Slackbot"),
)
_STRANGERS = (User("U0ZOE", "zoe", "Zoé Keller", "Europe/Zurich", team_id=ELSEWHERE, is_stranger=True),)

_EVERYONE = frozenset(p.id for p in _PEOPLE if not p.deleted and not p.is_restricted)
_CRAFT = frozenset({"U0ANA", "U0BEN", "U0CHLOE", "U0EMI", "U0FARAH"})


def _channels() -> tuple[Channel, ...]:
    everyone = set(_EVERYONE)
    return (
        Channel("C0GENERAL", "general", members=everyone | {"U0GIL", BOT_USER, "U0CLOCKBOT"}),
        Channel("C0RANDOM", "random", members=everyone | {BOT_USER}),
        Channel("C0LYON", "café-lyon", members={"U0ANA", "U0CHLOE", "U0DRISS", "U0HUGO", BOT_USER}),
        Channel("C0CRAFT", "craft", "private", members=set(_CRAFT) | {BOT_USER}),
        Channel("C0SECRET", "secret", "private", members={"U0ANA", "U0BEN", "U0MAYA"}),
        Channel("C0NOAPP", "quiet-corner", members=set(everyone)),
        Channel("C0ATTIC", "attic", members=everyone | {BOT_USER}, archived=True),
        Channel("C0NEWS", "news", members=everyone | {BOT_USER}, read_only=True),
        Channel("C0CONNECT", "with-elsewhere", members={"U0ANA", "U0BEN", "U0ZOE", BOT_USER}, shared=True),
    )


_CHAT = (
    ("C0GENERAL", "U0ANA", "Good morning! We still have no place for the autumn meeting."),
    ("C0GENERAL", "U0BEN", "The library is free on Thursdays."),
    ("C0GENERAL", "U0CHLOE", "Le Café de la Paix a une grande table aussi."),
    ("C0GENERAL", "U0ANA", "Three places now. Shall we just vote?"),
    ("C0RANDOM", "U0INES", "Who is bringing a cake on Friday?"),
    ("C0RANDOM", "U0KOFI", "Not me, I brought the last two :cake:"),
    ("C0LYON", "U0DRISS", "On déjeune où, jeudi ?"),
    ("C0LYON", "U0CHLOE", "Quelque part en terrasse, si le soleil tient."),
    ("C0CRAFT", "U0EMI", "The new labels are back from the printer."),
    ("C0SECRET", "U0MAYA", "Not a word to Jo about the party."),
    ("C0NOAPP", "U0HUGO", "Nobody but us in here."),
    ("C0ATTIC", "U0JO", "Old plans, kept for the memory of them."),
    ("C0NEWS", "U0ANA", "The heating is mended on every floor."),
    ("C0CONNECT", "U0ZOE", "Hello from the other house."),
)


def seed(workspace: Workspace) -> None:
    """Fill an empty workspace with the people and channels of Maison commune."""
    now = workspace.clock.now()
    for person in _PEOPLE + _BOTS + _STRANGERS:
        workspace.users[person.id] = _fresh(person, now)
    for channel in _channels():
        workspace.channels[channel.id] = channel
    for number, (channel_id, user, text) in enumerate(_CHAT):
        at = now - 3600 + number * 120 + number / 1000
        workspace.add(Message(channel_id, workspace.new_ts(at), user, text))
    workspace.usergroups.append(
        {"id": "S0HOSTS", "team_id": workspace.team_id, "handle": "hosts", "name": "Hosts", "user_count": 2}
    )
    for user in ("U0ANA", "U0BEN", "U0CHLOE"):
        workspace.dm(user)


def _fresh(person: User, now: float) -> User:
    """A copy, so that no workspace changes another's people; the offset is today's."""
    offset = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(person.tz)).utcoffset()
    return User(
        person.id,
        person.name,
        person.real_name,
        person.tz,
        int(offset.total_seconds()) if offset else 0,
        person.locale,
        person.is_bot,
        person.is_admin,
        person.is_owner,
        person.is_restricted,
        person.deleted,
        person.team_id,
        person.is_stranger,
        person.bot_id,
    )

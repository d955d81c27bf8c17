"""A poll with receipts: after the close everybody can find their own ballot and count them all again."""

import pytest
from sqlalchemy import Engine, select

from slack_app.playground.workspace import Message
from storage.tables import metadata
from surveys.published import ballot, from_text, recount
from tests.stories.every_row import rows
from tests.stories.test_anonymous_polls import LEADERS, code_in, form
from tests.stories.town import GENERAL, Town, text_of

TWELVE = ("ANA", "BEN", "CHLOE", "DRISS", "EMI", "FARAH", "GIL", "HUGO", "INES", "JO", "KOFI", "MAYA")
ABOVE_THE_FILE = (
    "🔒 *All ballots of this poll,* each with its voter's code and in the order of the codes. "
    "Nobody can tell whose code is whose.\n"
    "*Find yours:* open the file and look for your code. Beside it are the numbers of what you chose; "
    "0 is “Ana”. Show your code to nobody.\n"
    "*Count again:* download the file, and where Palabre is installed run "
)


def with_receipts(town: Town, user: str = "U0ANA", language: str = "en") -> Message:
    form(town, user, receipts=["receipts"], language=language)
    town.submit(user)
    return town.posted()[-1]


def vote(town: Town, message: Message, votes: str) -> dict[str, str]:
    """Have one person an option vote, given as digits; return each one's code."""
    people = [f"U0{name}" for name in TWELVE[: len(votes)]]
    for person, option in zip(people, votes, strict=True):
        town.press(person, message, f"polls.vote:{option}")
    return {person: code_in(town.whispers(person)[-1]) for person in people}


def closed(town: Town, votes: str = "000111") -> Message:
    message = with_receipts(town)
    vote(town, message, votes)
    town.press("U0ANA", message, "polls.close")
    return message


def shared(town: Town, message: Message) -> list[Message]:
    """The messages with files below a poll's."""
    found = town.playground.workspace.messages(message.channel)
    return [each for each in found if each.files and each.thread_ts == message.ts]


def text_in(town: Town, said: Message) -> str:
    [file] = said.files
    content: bytes = town.playground.workspace.files[file["id"]]["bytes"]
    return content.decode()


def poll_id(town: Town) -> str:
    polls = metadata.tables["polls"]
    with town.database._engine.connect() as connection:  # noqa: SLF001 a closed poll has no button that tells
        return str(connection.execute(select(polls.c.poll_id)).scalar_one())


# --- what voters get ---


def test_twelve_voters_find_their_own_choice_and_the_counts_agree(town: Town) -> None:
    message = with_receipts(town)
    codes = vote(town, message, "000000011111")
    changed = code_for(town, message, "U0MAYA", 0)
    assert changed == codes["U0MAYA"]
    assert len(set(codes.values())) == 12
    town.press("U0ANA", message, "polls.close")
    [said] = shared(town, message)
    found = from_text(text_in(town, said))
    assert (found.question, found.options) == ("Who should lead?", ("Ana", "Ben"))
    assert (found.votes, found.voters) == ((8, 4), 12)
    assert recount(found).agrees(found)
    chosen = {person: ballot(found, code.lower().replace("-", " ")) for person, code in codes.items()}
    ana, ben = ("Ana",), ("Ben",)
    assert [chosen[f"U0{name}"] for name in TWELVE] == [ana] * 7 + [ben] * 4 + [ana]


def code_for(town: Town, message: Message, user: str, option: int) -> str:
    town.press(user, message, f"polls.vote:{option}")
    return code_in(town.whispers(user)[-1])


def test_the_file_stands_in_the_thread_with_what_it_is_and_how_to_use_it(town: Town) -> None:
    message = closed(town)
    [said] = shared(town, message)
    name = f"ballots-{poll_id(town)[:8]}.json"
    assert said.text == f"{ABOVE_THE_FILE}`palabre verify {name} YOUR-CODE`"
    assert [(file["name"], file["title"]) for file in said.files] == [(name, name)]
    assert "Ana: 3 votes · 50%\nBen: 3 votes · 50%" in message.text


def test_the_file_of_a_french_poll_is_told_in_french(town: Town) -> None:
    message = with_receipts(town, language="fr")
    vote(town, message, "000111")
    town.press("U0ANA", message, "polls.close")
    [said] = shared(town, message)
    assert said.text.startswith("🔒 *Tous les bulletins de ce sondage,* chacun avec le code de son votant")
    assert said.text.endswith(f"lancez `palabre verify ballots-{poll_id(town)[:8]}.json VOTRE-CODE`")


def test_the_ballots_are_in_the_order_of_their_codes_whoever_voted_first(town: Town) -> None:
    message = with_receipts(town)
    codes = vote(town, message, "010101010101")
    town.press("U0ANA", message, "polls.close")
    [said] = shared(town, message)
    assert [code for code, _ in from_text(text_in(town, said)).ballots] == sorted(codes.values())


def test_a_vote_taken_back_is_no_ballot(town: Town) -> None:
    message = with_receipts(town)
    codes = vote(town, message, "000111")
    town.press("U0BEN", message, "polls.my_vote")
    town.press_in_view("U0BEN", town.modal("U0BEN"), "polls.take_back")
    town.press("U0ANA", message, "polls.close")
    [said] = shared(town, message)
    found = from_text(text_in(town, said))
    assert ballot(found, codes["U0BEN"]) is None
    assert (found.votes, found.voters) == ((2, 3), 5)
    assert recount(found).agrees(found)


def test_before_voting_everybody_can_read_what_receipts_mean(town: Town) -> None:
    message = with_receipts(town)
    town.press("U0BEN", message, "polls.privacy")
    assert (
        "*Receipts are on:* you get a code, and after the close all ballots are published with their codes, "
        "if at least 5 people answered, so that you can find yours and count again. "
        "Whoever sees your code can see your vote: show it to nobody."
    ) in text_of(town.modal("U0BEN").blocks)


# --- what nobody gets ---


def test_while_it_is_open_no_row_holds_a_code(town: Town, engine: Engine) -> None:
    message = with_receipts(town)
    codes = vote(town, message, "000111")
    assert shared(town, message) == []
    found = [row for kept in rows(engine).values() for row in kept]
    assert [row for row in found if any(code in row for code in codes.values())] == []


def test_nothing_that_is_kept_or_shared_joins_a_code_to_a_person(
    town: Town, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="palabre")
    message = with_receipts(town)
    codes = vote(town, message, "000111")
    town.press("U0ANA", message, "polls.close")
    [said] = shared(town, message)
    assert "U0" not in text_in(town, said)
    assert "U0" not in said.text
    assert [code for code in codes.values() if code in f"{message.text}{message.blocks}{said.text}"] == []
    assert [code for code in codes.values() if code in caplog.text] == []
    with_code = {
        table: [row for row in kept if any(code in row for code in codes.values())]
        for table, kept in rows(engine).items()
    }
    assert {table for table, kept in with_code.items() if kept} == {"ballots"}
    assert len(with_code["ballots"]) == 6
    assert [row for row in with_code["ballots"] if "U0" in row] == []


def test_what_later_work_is_told_is_the_poll_alone(town: Town) -> None:
    closed(town)
    [job] = [each for each in town.database.jobs.waiting() if each.name == "polls.publish"]
    assert (job.workspace, job.subject) == ("T0PLAYGRD", poll_id(town))


def test_below_five_voters_nothing_is_published(town: Town) -> None:
    message = closed(town, "0011")
    assert shared(town, message) == []
    assert town.playground.workspace.files == {}


def test_without_receipts_there_is_neither_a_code_nor_a_file(town: Town) -> None:
    message = town.ask(text=LEADERS)
    vote(town, message, "000111")
    town.press("U0ANA", message, "polls.close")
    assert shared(town, message) == []
    ballots = metadata.tables["ballots"]
    with town.database._engine.connect() as connection:  # noqa: SLF001 what the drawers never tell
        assert set(connection.execute(select(ballots.c.code)).scalars()) == {None}
    assert "polls.publish" not in {each.name for each in town.database.jobs.waiting()}


# --- once, and what Slack refuses ---


def test_counting_again_shares_no_second_file(town: Town) -> None:
    message = closed(town)
    for name in ("polls.count", "polls.close"):
        town.palabre.worker.perform(name, "T0PLAYGRD", poll_id(town))
    town.settle()
    assert len(shared(town, message)) == 1


def test_a_try_whose_end_was_not_kept_shares_the_same_file_again(town: Town) -> None:
    message = closed(town)
    town.palabre.worker.perform("polls.publish", "T0PLAYGRD", poll_id(town))
    first, second = shared(town, message)
    assert text_in(town, first) == text_in(town, second)


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
def test_what_passes_is_tried_again_and_nobody_is_told(town: Town, method: str) -> None:
    town.playground.faults.next(method, "500")
    message = closed(town)
    town.settle()
    assert len(shared(town, message)) == 1
    assert town.direct("U0ANA") == []


def test_a_missing_permission_is_told_to_the_owner_once_with_the_mend(town: Town) -> None:
    town.playground.faults.next("files.getUploadURLExternal", "missing_scope")
    message = closed(town)
    town.settle()
    [told] = town.direct("U0ANA")
    assert told.text == (
        "The ballots of your poll “Who should lead?” are not published yet.\n"
        "Slack gave me no permission to share files. Have the app installed again, then press Try again."
    )
    town.press("U0ANA", told, "polls.publish")
    assert len(shared(town, message)) == 1
    assert town.whispers("U0ANA", told.channel) == [
        "Palabre tries again now; the ballots appear in the poll's thread."
    ]


def test_pressing_try_again_twice_shares_one_file(town: Town) -> None:
    town.playground.faults.next("files.completeUploadExternal", "missing_scope")
    message = closed(town)
    [told] = town.direct("U0ANA")
    for _ in range(2):
        town.press("U0ANA", told, "polls.publish")
    assert len(shared(town, message)) == 1


def test_an_app_that_was_taken_out_of_the_channel_says_how_to_get_it_back(town: Town) -> None:
    message = with_receipts(town)
    vote(town, message, "000111")
    town.playground.workspace.channels[GENERAL].members.discard("U0PALABRE")
    town.press("U0ANA", message, "polls.close")
    first = town.direct("U0ANA")[-1]
    assert first.text.endswith(
        "I may not share files in <#C0GENERAL>. "
        "Write /invite @Palabre there or ask an admin, then press Try again."
    )
    town.press("U0ANA", first, "polls.publish")
    second = town.direct("U0ANA")[-1]
    assert (len(town.direct("U0ANA")), second.text) == (2, first.text)
    town.playground.workspace.channels[GENERAL].members.add("U0PALABRE")
    town.press("U0ANA", second, "polls.publish")
    assert len(shared(town, message)) == 1


def test_an_owner_of_a_channel_that_slack_does_not_find_is_told_the_mend(town: Town) -> None:
    message = with_receipts(town)
    vote(town, message, "000111")
    channel = town.playground.workspace.channels[GENERAL]
    channel.kind = "private"
    channel.members.discard("U0PALABRE")
    town.press("U0ANA", message, "polls.close")
    told = town.direct("U0ANA")[-1]
    assert told.text.endswith("I am not in <#C0GENERAL>. Write /invite @Palabre there, then press Try again.")


def test_an_owner_who_reads_french_is_told_in_french(town: Town) -> None:
    message = with_receipts(town, "U0CHLOE")
    vote(town, message, "000111")
    town.playground.faults.next("files.getUploadURLExternal", "is_archived")
    town.press("U0CHLOE", message, "polls.close")
    [told] = town.direct("U0CHLOE")
    assert told.text == (
        "Les bulletins de votre sondage «\u00a0Who should lead?\u00a0» ne sont pas encore publiés.\n"
        "<#C0GENERAL> est archivé. Sortez-le des archives, puis appuyez sur «\u00a0Réessayer\u00a0»."
    )
    assert "Réessayer" in text_of(told.blocks)


def test_a_deleted_poll_publishes_nothing(town: Town) -> None:
    message = with_receipts(town)
    vote(town, message, "000111")
    poll = poll_id(town)
    town.press_in_view("U0ANA", town.home("U0ANA"), "polls.delete")
    town.palabre.worker.perform("polls.publish", "T0PLAYGRD", poll)
    assert town.playground.workspace.files == {}

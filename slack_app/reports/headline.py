"""A report in a line or two: how many answered, what they said, how they feel."""

from slack_app.kit.text import Mrkdwn, cut, date_time, mention
from slack_app.kit.words import Words
from slack_app.reports import charts
from surveys.anonymity import Privacy, Shown, Turnout, Why, Withheld
from surveys.honest import response_rate
from surveys.reports import Average, Favourite, Mood, Report
from surveys.survey import Round


def headline(report: Report, words: Words) -> Mrkdwn:
    """The whole report in a line: how many answered, what they said, how they feel."""
    if report.withheld is not None:
        return _withheld(report, report.withheld, words)
    if not report.turnout.value.people:
        return _nobody(report, words)
    told = [_answered(report, words)]
    if report.is_few:
        told.append(words("That is too few to say more than the counts."))
    if report.leading.value is not None:
        told.append(_leading(report.leading.value, words))
    if report.mood.value is not None:
        told.append(_mood(report.mood.value, words))
    return Mrkdwn(" ".join(told))


def _withheld(report: Report, withheld: Withheld, words: Words) -> Mrkdwn:
    people = _answered(report, words)
    why = why_withheld(report.asked, withheld, words)
    if withheld.why is Why.TOO_FEW and report.turnout.value.is_about:
        return why
    return Mrkdwn(f"{people} {why}")


def why_withheld(asked: Round, withheld: Withheld, words: Words) -> Mrkdwn:
    """Why a round's results are not shown, and when they are."""
    match withheld.why:
        case Why.OPEN:
            return words(
                "This survey is anonymous: its results come when it closes, {moment}.",
                moment=date_time(asked.closes_at, "UTC"),
            )
        case Why.COUNTING:
            return words(
                "This survey is closed, and its anonymous answers are being mixed and counted. "
                "Its report comes when that is done, usually within minutes."
            )
        case Why.OWNERS_ONLY:
            return words(
                "The results go to {owner} alone, as was promised when the survey began.",
                owner=mention(asked.owner),
            )
        case Why.TOO_FEW:
            return words(
                "Fewer than {fewest} people answered. That is too few to show anything of an anonymous "
                "survey, to anybody.",
                fewest=withheld.fewest,
            )


def turnout_in_short(turnout: Shown[Turnout], privacy: Privacy, words: Words) -> str:
    """How many answered, for a menu."""
    people = turnout.value.people
    if not turnout.value.is_about:
        return words.count("{number} answer", "{number} answers", people)
    if not people:
        return words.plain("fewer than {fewest} answers", fewest=privacy.fewest)
    return words.plain("about {number} answers", number=people)


def _nobody(report: Report, words: Words) -> Mrkdwn:
    told = words("Nobody answered.") if report.asked.closed_at else words("Nobody has answered yet.")
    if not report.invited:
        return told
    asked = words.count("{number} person was asked.", "{number} people were asked.", report.invited)
    return Mrkdwn(f"{told} {asked}")


def _answered(report: Report, words: Words) -> Mrkdwn:
    people, invited = report.turnout.value.people, report.invited
    if report.turnout.value.is_about:
        return _about(report, people, words)
    rate = response_rate(people, invited)
    if rate is None:
        return words.count("{number} person answered.", "{number} people answered.", people)
    if report.is_few:
        return words.count(
            "{number} of {invited} people answered.", "{number} of {invited} people answered.", people,
            invited=invited,
        )  # fmt: skip
    return words.count(
        "{number} of {invited} people answered ({share}).",
        "{number} of {invited} people answered ({share}).",
        people,
        invited=invited,
        share=words.percent(rate),
    )


def _about(report: Report, people: int, words: Words) -> Mrkdwn:
    is_closed = report.asked.closed_at is not None
    if not people:
        few = report.asked.privacy.fewest
        if is_closed:
            return words("Fewer than {fewest} people answered.", fewest=few)
        return words("Fewer than {fewest} people have answered so far.", fewest=few)
    if is_closed:
        return words("About {number} people answered.", number=people)
    return words("About {number} people have answered so far.", number=people)


def _leading(leading: Average | Favourite, words: Words) -> Mrkdwn:
    match leading:
        case Average(mean=mean, high=high):
            return words(
                "On average they gave {mean} out of {most}.", mean=charts.average(mean, words), most=high
            )
        case Favourite(choice=choice, is_most=True):
            return words("Most chose “{choice}”.", choice=cut(choice, 75))
        case Favourite(choice=choice):
            return words("“{choice}” was chosen most often.", choice=cut(choice, 75))


def _mood(mood: Mood, words: Words) -> Mrkdwn:
    match mood:
        case Mood.POSITIVE:
            return words("The comments are mostly positive.")
        case Mood.NEGATIVE:
            return words("The comments are mostly negative.")
        case Mood.CALM:
            return words("Most comments show no clear feeling.")
        case Mood.BOTH:
            return words("The comments go both ways.")

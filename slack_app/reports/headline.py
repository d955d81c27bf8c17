"""A report in a line or two: how many answered, what they said, how they feel."""

from slack_app.kit.text import Mrkdwn, cut
from slack_app.kit.words import Words
from slack_app.reports import charts
from surveys.honest import response_rate
from surveys.reports import Average, Favourite, Mood, Report


def headline(report: Report, words: Words) -> Mrkdwn:
    """The whole report in a line: how many answered, what they said, how they feel."""
    if not report.asked.people:
        return _nobody(report, words)
    told = [_answered(report, words)]
    if report.is_few:
        told.append(words("That is too few to say more than the counts."))
    if report.leading is not None:
        told.append(_leading(report.leading, words))
    if report.mood is not None:
        told.append(_mood(report.mood, words))
    return Mrkdwn(" ".join(told))


def _nobody(report: Report, words: Words) -> Mrkdwn:
    told = words("Nobody answered.") if report.asked.closed_at else words("Nobody has answered yet.")
    if not report.invited:
        return told
    asked = words.count("{number} person was asked.", "{number} people were asked.", report.invited)
    return Mrkdwn(f"{told} {asked}")


def _answered(report: Report, words: Words) -> Mrkdwn:
    people, invited = report.asked.people, report.invited
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

"""The surveys that come ready made, in English."""

from surveys.drafts import Draft, choose_one, choose_several, comment, page, rate, zero_to_ten

COMMUNITY_SATISFACTION = Draft(
    label="Community satisfaction",
    about="How people feel here, what they value, and what to change",
    title="How are you doing in our community?",
    intro="A few questions about how you feel here, what you value and what we could do better.",
    pages=(
        page(
            "How you feel here",
            rate(
                "satisfaction",
                "All in all, how satisfied are you with our community?",
                low="Not at all satisfied",
                high="Very satisfied",
            ),
            zero_to_ten(
                "recommend",
                "How likely are you to recommend it to a friend or colleague?",
                low="Not at all likely",
                high="Extremely likely",
            ),
        ),
        page(
            "What matters to you",
            choose_several(
                "value",
                "What do you value most here?",
                "Help when I have a question",
                "News and ideas",
                "The people I meet",
                "Events",
                "What we make together",
                "Something else",
                hint="Choose as many as you like.",
            ),
            comment(
                "change",
                "What should we change, and why?",
                hint="One thing is enough. Say it in your own words.",
            ),
        ),
    ),
)

EVENT_FEEDBACK = Draft(
    label="Event feedback",
    about="How it was, how people took part, and what to do differently",
    title="How was the event?",
    intro="Thank you for taking part. Tell us what worked, so that the next one is better.",
    pages=(
        page(
            "The event",
            choose_one(
                "presence",
                "How did you take part?",
                "On site",
                "Online",
                "Afterwards, with the recording",
                is_required=True,
            ),
            rate("overall", "How was the event as a whole?", low="Poor", high="Excellent"),
            choose_one("length", "How did you find its length?", "Too short", "Just right", "Too long"),
        ),
        page(
            "The next one",
            zero_to_ten(
                "again",
                "How likely are you to come to the next one?",
                low="Not at all likely",
                high="Extremely likely",
            ),
            comment("liked", "What did you like most?"),
            comment("differently", "What should we do differently next time?"),
        ),
    ),
)

RETROSPECTIVE = Draft(
    label="Retrospective",
    about="How a stretch of work went, what to keep and what to change",
    title="Looking back together",
    intro="How did these last weeks go for you? What you write here is where our talk begins.",
    pages=(
        page(
            "",
            rate("went", "How did these weeks go for you?", low="Badly", high="Very well"),
            choose_one(
                "workload",
                "How was your workload?",
                "Too light",
                "About right",
                "A little too heavy",
                "Far too heavy",
                is_required=True,
            ),
            comment("keep", "What went well and should go on?"),
            comment("change", "What got in your way, and what would you change?"),
        ),
    ),
)

TEMPLATES = {
    "community_satisfaction": COMMUNITY_SATISFACTION,
    "event_feedback": EVENT_FEEDBACK,
    "retrospective": RETROSPECTIVE,
}

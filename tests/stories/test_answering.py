"""A survey answered page by page: whole, in both languages, changed, interrupted, and by many at once."""

from tests.stories.rounds import begin, launch
from tests.stories.town import Town, text_of


def test_ben_answers_all_pages_and_it_counts(town: Town) -> None:
    asked = launch(town)
    view = begin(town, "U0BEN", asked)
    assert view.payload["title"]["text"] == "How are we doing?"
    assert "Page 1 of 3" in text_of(view.blocks)
    assert "Names shown: your answers are kept with your name" in text_of(view.blocks)
    town.fill("U0BEN", rate="4", again="9")
    town.submit("U0BEN")
    assert "Page 2 of 3" in text_of(town.modal("U0BEN").blocks)
    town.fill("U0BEN", best="1", days=["0", "2"])
    town.submit("U0BEN")
    assert "Page 3 of 3" in text_of(town.modal("U0BEN").blocks)
    town.fill("U0BEN", why="More light, please.")
    town.submit("U0BEN")
    assert "*Thank you, your answer counted.*" in text_of(town.modal("U0BEN").blocks)
    with town.database.begin() as store:
        found = store.surveys.find(asked.workspace, asked.id)
        response = store.responses.find(asked.workspace, asked.id, "T0PLAYGRD:U0BEN")
    assert found
    assert found.people == 1
    assert response.answers["why"][0].text == "More light, please."

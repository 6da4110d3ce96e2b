"""The pages that react lead to what was published as well, once there is something, and in the parent's language."""

from survey import publications
from survey.database import engine, writing
from survey.wording import words_in


def markup(app) -> str:
    page = app.run()
    assert not page.exception
    return " ".join(element.proto.body for element in page.get("html"))


def test_the_start_page_leads_to_the_page_of_what_changed_while_it_is_public(app):
    link = words_in("en")("changed.link")
    assert link not in markup(app)

    with writing(engine()) as session:
        publications.publish(session, 1, publications.freeze(session, 1, "{}", by="x"), by="x")
    assert f'<a href="/s/send-services/what-changed?language=en" target="_self">{link}</a>' in markup(app)

    with writing(engine()) as session:
        publications.withdraw(session, 1, 1, by="x")
    assert link not in markup(app)

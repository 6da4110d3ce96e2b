"""You said, we did, did it work: what was published is read by everybody, in every language, without a script."""

import gzip
import re
from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from analysis.ledger import Felt, Why
from analysis.record import Correction, Done, Later, Place, Record, Share, Since, Theme
from pages.ui import access
from survey import coding_frame, people, publications, responses, theming
from survey.database import reading, writing
from survey.languages import LANGUAGES
from survey.ledger import ActionState
from survey.local_days import day_of
from survey.questionnaire_file import shipped
from survey.tables import Coding, Comment, GivenBy, Publication, RoleName
from survey.tables import Theme as ThemeRow
from survey.wording import words_in
from tests.pages.plain.checker import problems
from tests.pages.plain.phone import START
from tests.survey.conftest import full_answers

SAY = words_in("en")
CHANGED = f"{START}/what-changed"
SHARE = Share(percent=39, low=31, high=47, of=150)
MOST_COMPRESSED_BYTES = 6_000


def done(state: ActionState = ActionState.DONE, **more: object) -> Done:
    usual = {
        "told": {"en": "Open more <places>", "ur": "زیادہ جگہیں"},
        "because": {},
        "owner": "Head of short breaks",
        "due": date(2026, 1, 31),
        "overdue": False,
        "places": ("Burnley",),
        "evidence_wave": "Wave 1",
        "evidence": SHARE,
        "predicted": 10,
        "since": Since(felt=Felt.FELT, now=SHARE, low=3, high=25, later=(Later(wave="Wave 2", share=SHARE),) * 2),
    }
    return Done(state=state, **(usual | more))


def theme(key: str = "waiting", label: str = "Waiting", *acts: Done) -> Theme:
    stances = {"praise": None, "criticism": SHARE, "request": SHARE}
    return Theme(key=key, label=label, share=SHARE, stances=stances, done=acts)


def page(*themes: Theme, **more: object) -> Record:
    usual = {
        "title": "SEND services",
        "wave": "Wave 2",
        "made": date(2026, 6, 1),
        "responses": 840,
        "commented": 600,
        "places": (Place(name="Burnley", count=120), Place(name="Wyre", count=None)),
        "themes": themes,
        "services": (),
        "rest": (),
        "corrections": (),
    }
    return Record(**(usual | more))


FULL = page(
    theme("waiting", "Waiting", done(), done(ActionState.PLANNED, owner="", overdue=True, predicted=-5,
          since=Since(felt=Felt.NOT, why=Why.WORSE, now=SHARE, low=-9, high=-1, reworded=("Wave 3",)))),
    theme("transport", "Transport", done(ActionState.REFUSED, because={"en": "There is no money"}, evidence=None)),
    services=(Theme(key="ot", label="Therapy", share=None, stances={}, done=(
        done(since=Since(felt=Felt.NOT, why=Why.MIX, now=SHARE, low=-2, high=9)),
        done(ActionState.PLANNED, due=None, since=Since(felt=Felt.EARLY)),
        done(since=Since(felt=Felt.FEW)), done(since=Since(felt=Felt.OTHER_WORDS)))),),
    rest=(theme("kindness", "Kindness"),),
    corrections=(Correction(day=date(2026, 5, 1), told="A date was wrong"),),
)  # fmt: skip


@pytest.fixture
def publish(fieldwork):
    def published(content: Record = FULL) -> int:
        with writing(fieldwork.engine) as session:
            frozen = publications.freeze(session, fieldwork.wave.consultation_id, content.model_dump_json(), by="x")
            return publications.publish(session, fieldwork.wave.consultation_id, frozen, by="x")

    return published


def withdraw(fieldwork, number: int) -> None:
    with writing(fieldwork.engine) as session:
        publications.withdraw(session, fieldwork.wave.consultation_id, number, by="x")


def test_before_anything_is_published_there_is_no_such_page_and_no_link_to_it(phone):
    assert phone.open(CHANGED).answer.status_code == 404
    assert SAY("changed.link") not in phone.open().shown


def test_it_says_what_was_said_what_was_done_and_whether_it_worked(phone, publish):
    publish()
    shown = phone.open(CHANGED).shown

    assert phone.heading == "You said, we did, did it work?"
    assert "About 840 people answered Wave 2." in shown
    assert "wrote a comment that has been read: about 600." in shown
    assert "39% of about 150 people who wrote a comment raised this (likely range 31% to 47%)." in shown
    assert "Of these, about 150 people: 39% criticised something (31% to 47%); 39% asked for something" in shown
    assert "Yes, families feel a change." in shown
    assert "Since then it is 39% of about 150: between 3 and 25 points higher." in shown
    assert "That is clearly worse." in shown
    assert "between 2 points lower and 9 points higher" in shown
    assert "between 1 and 9 points lower" in shown
    assert "This should have been done by 31 January 2026. It is not done yet." in shown
    assert "Nobody has been given this yet" in shown
    assert "There is no money" in shown
    assert "1 May 2026: " in shown
    assert "Open more &lt;places&gt;" in shown


def test_that_nobody_wrote_is_said_without_about(phone, publish):
    publish(page(commented=0))

    assert "wrote a comment that has been read: 0." in phone.open(CHANGED).shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_range_on_one_side_that_is_not_called_clear_has_a_word_why(phone, publish, language):
    def shown(felt, why, low, high):
        since = Since(felt=felt, why=why, now=SHARE, low=low, high=high)
        publish(page(theme("waiting", "Waiting", done(since=since))))
        return words_in(language)("changed.chance") in phone.open(f"{CHANGED}?language={language}").shown

    assert shown(Felt.NOT, Why.NOTHING, 1, 8)
    assert shown(Felt.NOT, Why.NOTHING, -8, -1)
    assert not shown(Felt.NOT, Why.NOTHING, -1, 8)
    assert not shown(Felt.NOT, Why.NOTHING, 0, 8)
    assert not shown(Felt.FELT, Why.NOTHING, 1, 8)
    assert not shown(Felt.NOT, Why.WORSE, -8, -1)
    assert not shown(Felt.NOT, Why.MIX, 1, 8)


@pytest.mark.parametrize("answered", [0, None])  # nobody; too few to be told
def test_a_consultation_with_nothing_in_it_still_makes_a_page_that_says_so(phone, publish, answered):
    publish(page(responses=answered, commented=answered, places=()))

    assert SAY("changed.nothing_yet") in phone.open(CHANGED).shown
    assert SAY("changed.answered_few", wave="Wave 2") in phone.shown


def test_it_sets_no_cookie_has_no_script_and_is_gone_at_once_when_withdrawn(phone, publish):
    publish()
    phone.open(CHANGED)

    assert "set-cookie" not in phone.answer.headers
    assert "<script" not in phone.shown
    assert phone.answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_whole_page_in_its_own_direction(phone, publish, language):
    publish()
    shown = phone.open(f"{CHANGED}?language={language}").shown
    say, spoken = words_in(language), LANGUAGES[language]

    assert f'<html lang="{spoken.tag}" dir="{spoken.direction}"' in shown
    assert say("changed.felt") in shown
    assert say("changed.read_chose") in shown
    assert "{" not in re.sub(r"<style.*?</style>", "", shown, flags=re.S)


def test_what_officers_wrote_is_in_the_readers_language_where_somebody_put_it_so_and_in_english_marked_elsewhere(
    phone, publish
):
    publish()

    assert '<span lang="ur" dir="rtl">زیادہ جگہیں</span>' in phone.open(f"{CHANGED}?language=ur").shown
    assert words_in("ur")("changed.names_in_english") in phone.shown
    assert words_in("ur")("changed.in_english") not in phone.shown
    assert '<span lang="en-GB" dir="ltr">Open more' in phone.open(f"{CHANGED}?language=pl").shown
    assert words_in("pl")("changed.in_english") in phone.shown


def test_themes_and_services_are_called_as_readers_call_them_unless_officers_gave_a_name_of_their_own(phone, publish):
    therapy = Theme(key="ot", label="Occupational therapy", share=SHARE, stances={}, done=(done(),))
    publish(page(theme("waiting", "Waiting and delays"), theme("listening", "Heard at last"), services=(therapy,)))
    shown = phone.open(f"{CHANGED}?language=ur").shown
    offered = {one.code: one.text for one in shipped("send_services").role("services").options}

    assert offered["ot"]["en"] == "Occupational therapy"
    assert f'<h3><span lang="ur" dir="rtl">{words_in("ur")("topic.waiting")}</span></h3>' in shown
    assert f'<h3><span lang="ur" dir="rtl">{offered["ot"]["ur"]}</span></h3>' in shown
    assert '<h3><span lang="en-GB" dir="ltr">Heard at last</span></h3>' in shown


def test_every_theme_that_comes_with_heard_has_its_name_in_every_language():
    english = words_in("en")

    assert {f"topic.{one.key}": one.label for one in coding_frame.shipped().themes} == {
        key: english(key) for key in sorted(english.keys()) if key.startswith("topic.")
    }


@pytest.mark.parametrize("look", ["large", "contrast", "large contrast"])
def test_it_is_to_be_had_in_large_print_and_high_contrast(phone, publish, look):
    publish()

    assert f'class="{look}"' in phone.open(f"{CHANGED}?look={look.replace(' ', '+')}").shown


def test_a_page_as_long_as_the_demonstrations_stays_as_light_as_a_letter(phone, publish):
    acts = [theme(f"theme_{one}", f"Theme {one}", done()) for one in range(7)]
    publish(page(*acts, rest=tuple(theme(f"rest_{one}", f"Rest {one}") for one in range(17))))

    assert len(gzip.compress(phone.open(f"{CHANGED}?language=ur").answer.content)) < MOST_COMPRESSED_BYTES


def test_older_versions_stay_readable_and_lead_to_the_newest(phone, publish):
    publish(page(theme("waiting", "As it was")))
    publish()

    assert "As it was" in phone.open(f"{CHANGED}/1").shown
    assert SAY("changed.older") in phone.shown
    assert SAY("changed.older") not in phone.open(CHANGED).shown
    assert f'href="{CHANGED}/1?' in phone.shown
    assert phone.open(f"{CHANGED}/3").answer.status_code == 404


def test_the_days_on_it_are_those_that_people_here_count(fieldwork, phone, publish):
    """Half past eleven at night in UTC is the next day in a British summer."""
    for _ in range(3):
        publish()
    withdraw(fieldwork, 2)
    with writing(fieldwork.engine) as session:
        for version in session.exec(select(Publication)):
            version.published_at = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
            version.withdrawn_at = version.withdrawn_at and version.published_at
            session.add(version)
    day = SAY.day(date(2026, 7, 2))

    newest = phone.open(CHANGED).shown
    assert SAY("changed.version", number=3, day=day) in newest
    assert SAY("changed.version", number=1, day=day) in newest
    assert SAY("changed.withdrawn", number=2, day=day) in phone.open(f"{CHANGED}/2").shown


def test_a_withdrawn_version_says_plainly_that_it_was_and_when_and_no_older_one_takes_its_place(
    fieldwork, phone, publish
):
    publish(page(theme("waiting", "As it was")))
    publish()
    withdraw(fieldwork, 2)
    today = SAY.day(day_of(datetime.now(UTC)))

    for address in (CHANGED, f"{CHANGED}/2"):
        assert phone.open(address).answer.status_code == 410
        assert SAY("changed.withdrawn", number=2, day=today) in phone.shown
        assert "Waiting" not in phone.shown
    assert "As it was" in phone.open(f"{CHANGED}/1").shown
    assert SAY("changed.link") not in phone.open().shown


def test_a_preview_is_for_people_who_work_here_alone(fieldwork, phone):
    with writing(fieldwork.engine) as session:
        publications.freeze(session, fieldwork.wave.consultation_id, FULL.model_dump_json(), by="x")

    assert phone.open(f"{CHANGED}/preview").answer.status_code == 404
    with writing(fieldwork.engine) as session:
        password = people.grant(session, "an officer", RoleName.OFFICER)
        token = people.sign_in(session, "an officer", password, now=datetime.now(UTC)).token
    phone.browser.cookies.set(access.STAFF_COOKIE, token)
    assert SAY("changed.preview") in phone.open(f"{CHANGED}/preview").shown
    assert phone.open(CHANGED).answer.status_code == 404


def test_the_start_page_leads_to_it_also_once_the_consultation_has_closed(phone, publish):
    publish()

    assert f'href="{CHANGED}"' in phone.open().shown


def found(phone, code: str) -> str:
    """The page that shows their own answer to whoever has its private code."""
    return phone.open(f"{START}/mine").press(SAY("mine.find"), code=code).shown


def test_the_private_code_shows_what_became_of_the_themes_that_somebody_raised_and_of_no_others(
    fieldwork, phone, publish
):
    now = datetime.now(UTC)
    draft = fieldwork.begin("another device", full_answers())
    with writing(fieldwork.engine) as session:
        code = responses.send(session, draft.id, now=now).private_code(now)
    number = fieldwork.wave.consultation_id
    with writing(fieldwork.engine) as session:
        themes = [ThemeRow(consultation_id=number, key=key, label=key) for key in ("waiting", "transport")]
        session.add_all(themes)
        session.flush()
        comment = session.exec(select(Comment)).one()
        session.add(
            Coding(comment_id=comment.id, theme_id=themes[0].id, strength=0.9, given_by=GivenBy.MODEL, model="m")
        )

    assert SAY("changed.mine") not in found(phone, code), "nothing is published yet"

    publish()
    told = found(phone, code).partition(SAY("changed.mine"))[2]
    assert "Waiting" in told
    assert SAY("changed.felt") in told
    assert "Transport" not in told
    assert "This should have been done by 31 January 2026. It is not done yet." in told

    publish(page(theme("waiting", "", done(ActionState.REFUSED, because={"en": "There is no money"}))))
    told = found(phone, code).partition(SAY("changed.mine"))[2]
    assert SAY("changed.other") in told, "a theme that has no name any more"
    assert "Why: " in told
    assert "There is no money" in told

    publish()
    with writing(fieldwork.engine) as session:
        theming.retire(session, number, theming.Seen(themes[0].id, 1), by="x")
    assert SAY("changed.mine_none") in found(phone, code)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_page_is_valid(fieldwork, phone, publish, tmp_path):
    publish(page())
    publish()
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, address in (("en", CHANGED), ("ur", f"{CHANGED}?language=ur&look=large"), ("old", f"{CHANGED}/1")):
        (folder / f"{name}.html").write_text(phone.open(address).shown, encoding="utf-8")
    withdraw(fieldwork, 2)
    (folder / "withdrawn.html").write_text(phone.open(CHANGED).shown, encoding="utf-8")

    assert problems(folder) == []
    with reading(fieldwork.engine) as session:
        assert len(publications.published(session, fieldwork.wave.consultation_id)) == 2

from random import Random

import pytest

from survey import coding_frame
from survey.demo.material import services, themes_of, tongues
from survey.demo.phrases import Place, book, parse, pieces, spoken
from survey.demo.scene import Scene
from survey.questionnaire_file import shipped

BOOKS = ("family", "answers", "polished", "campaign", "named", "personal", "terms")
LISTS = ("bad", "so", "ask", "good", "terse", "terse_good", "step")


def scene(seed=1, age=9):
    return Scene(Random(seed), age, False, "Burnley", ("Burnley", "Chorley", "Wyre"), 2026, services()["slt"].called)


def every_list():
    for service in services().values():
        yield service.called
        yield from (getattr(aspect, name) for aspect in service.aspects for name in LISTS)
    for name in BOOKS:
        yield from book(name).values()
    for tongue in tongues().values():
        yield from (listed for sides in (*tongue.services.values(), tongue.anywhere) for listed in sides.values())


def every_piece():
    return [piece for listed in every_list() for piece in listed]


def test_every_piece_can_be_said_with_nothing_left_to_fill():
    for seed, piece in enumerate(every_piece()):
        said = scene(seed).say(piece)

        assert said
        assert not set("[]{}|") & set(said), said


def test_there_are_well_over_a_thousand_hand_written_pieces():
    assert len(every_piece()) > 1_800


def test_no_piece_is_written_twice_within_one_list():
    for service in services().values():
        for aspect in service.aspects:
            for name in LISTS:
                listed = getattr(aspect, name)
                assert len(set(listed)) == len(listed), f"{aspect.key}, {name}"


def test_every_service_that_can_be_chosen_has_something_said_of_it_for_good_and_ill():
    offered = {option.code for option in shipped("send_services").item("services_used").options}

    assert set(services()) == offered
    for service in services().values():
        assert any(aspect.bad for aspect in service.aspects)
        assert any(aspect.good for aspect in service.aspects)


def test_every_aspect_belongs_to_themes_of_the_shipped_coding_frame():
    aspects = {aspect.key for service in services().values() for aspect in service.aspects}
    known = {theme.key for theme in coding_frame.shipped("send").themes}

    assert set(themes_of()) == aspects
    assert {key for keys in themes_of().values() for key in keys} <= known


@pytest.mark.parametrize(
    ("term", "said"),
    [("EHCP", "an EHCP"), ("plan", "a plan"), ("LSA", "an LSA"), ("OT", "an OT"), ("senco", "a senco")],
)
def test_an_article_agrees_with_what_fills_the_place_after_it(term, said):
    assert spoken(parse("we got a {EHCP}"), Random(1), lambda _: term) == f"we got {said}"


def test_one_of_several_ways_is_said():
    said = {spoken(parse("[still|even now [we|they]] wait"), Random(seed), lambda _: "") for seed in range(50)}

    assert said == {"still wait", "even now we wait", "even now they wait"}


def test_a_place_may_ask_for_a_number_between_two():
    assert parse("{weeks:3-9}") == (Place("weeks", 3, 9),)


def test_a_piece_may_fit_some_ages_only():
    (piece,) = pieces(["(16-25) post 16 transport was stopped"])

    assert piece.phrase == ("post 16 transport was stopped",)
    assert [piece.fits(age) for age in (15, 16, 25, 26)] == [False, True, True, False]


@pytest.mark.parametrize("text", ["we [still|even now wait", "we still] wait"])
def test_a_bracket_without_its_fellow_is_refused(text):
    with pytest.raises(ValueError, match="bracket"):
        parse(text)


def test_a_place_nobody_can_fill_is_refused():
    with pytest.raises(KeyError, match="nonsense"):
        scene().say(pieces(["we {nonsense}"])[0])


def test_what_is_settled_stays_settled_and_what_is_not_does_not():
    told = scene()
    (child,) = pieces(["{child}, {EHCP}, {age}"])
    (month,) = pieces(["{month}"])

    assert len({told.say(child) for _ in range(20)}) == 1
    assert len({told.say(month) for _ in range(50)}) > 5

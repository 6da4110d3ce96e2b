"""How much can be sent."""

import pytest

from pages.serving.limits import MOST_BYTES
from survey.wording import words_in


def pieces(count: int):
    for _ in range(count):
        yield b"x" * 1_024


def test_a_form_of_ours_fits(visitor):
    assert visitor.post("/sign-in", data={"name": "x" * 200, "password": "x" * 200}).status_code == 403


@pytest.mark.parametrize("address", ["/sign-in", "/sign-out", "/"])
def test_more_than_any_form_holds_is_refused(visitor, address):
    assert visitor.post(address, content=b"x" * (MOST_BYTES + 1)).status_code == 413


def test_somebody_who_pastes_a_book_into_a_box_is_told_so_as_a_page(visitor):
    answer = visitor.post("/s/send-services/2", data={"one_change": "x" * 10_000_000})

    assert answer.status_code == 413
    assert words_in("en")("problem.too_much") in answer.text


def test_a_page_of_the_longest_answers_fits(visitor):
    answer = visitor.post("/s/send-services/2", data={"one_change": "ہ" * 50_000})

    assert answer.status_code == 403  # it was read, and did not come from a page of ours


def test_it_is_refused_however_its_length_is_kept_quiet(visitor):
    answer = visitor.post(
        "/sign-in", content=pieces(100), headers={"content-type": "application/x-www-form-urlencoded"}
    )

    assert answer.status_code == 413


def test_a_form_of_endless_fields_does_no_harm(visitor):
    assert visitor.post("/sign-in", data={f"f{n}": "x" for n in range(1_200)}).status_code in {400, 403, 413}

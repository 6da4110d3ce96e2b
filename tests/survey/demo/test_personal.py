import re
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from survey.demo import personal
from survey.demo.personal import Detail, Span, check_digit, marked, unmarked

SEEDS = [Random(seed) for seed in range(300)]


def digits(text):
    return re.sub(r"\D", "", text)


def test_the_check_digit_is_the_one_the_nhs_publishes():
    # NHS Data Dictionary, attribute NHS NUMBER: the worked example 943 476 5919.
    assert check_digit("943476591") == 9


def test_nhs_numbers_are_from_the_test_range_and_agree_with_their_check_digit():
    for random in SEEDS:
        number = digits(personal.nhs_number(random))

        assert len(number) == 10
        assert number.startswith("999")
        assert check_digit(number[:9]) == int(number[9])


def test_what_only_looks_like_an_nhs_number_does_not_agree_with_its_check_digit():
    for random in SEEDS:
        number = digits(personal.nhs_number(random, valid=False))

        assert len(number) == 10
        assert check_digit(number[:9]) != int(number[9])


def test_telephone_numbers_are_from_the_range_kept_for_drama():
    # Ofcom, numbers for use in TV and radio drama: 07700 900000 to 900999.
    for random in SEEDS:
        assert re.fullmatch(r"(0|44)7700900\d{3}", digits(personal.phone(random)))


def test_addresses_belong_to_nobody():
    for random in SEEDS:
        assert personal.email(random).endswith("@example.org")
        assert personal.postcode(random).upper().startswith(personal.OUTWARD)


@given(st.lists(st.tuples(st.text("abc \n", max_size=6), st.sampled_from(list(Detail)), st.text("xyz", min_size=1))))
def test_a_marked_detail_is_found_where_it_stands(parts):
    text = "".join(before + marked(detail, words) for before, detail, words in parts)

    plain, spans = unmarked(text)

    assert plain == "".join(before + words for before, _, words in parts)
    assert [(plain[start:end], detail) for start, end, detail in spans] == [
        (words, detail) for _, detail, words in parts
    ]


def test_every_detail_that_is_told_of_is_in_the_words(remarks):
    shapes = {
        Detail.PHONE: r"(\+44 |0)7700 ?900 ?\d{3}",
        Detail.EMAIL: r"\w+(\.\w+)?@example\.org",
        Detail.NHS_NUMBER: r"999 ?\d{3} ?\d{4}",
        Detail.POSTCODE: r"(?i)[a-z]{2}\d\d ?\d[a-z]{2}",
        Detail.CASE_NUMBER: r"EHC/\d{5}|A888\d{9}",
        Detail.NAME: r"\w+( \w+)?",
        Detail.SCHOOL: r"[\w ]+",
        Detail.ADDRESS: r"\d+ [\w ]+",
        Detail.BIRTH_DATE: r"[\w /]+",
        Detail.COMBINATION: r"[^\n]+",
    }
    found = [(said.words[span.start : span.end], span.detail) for said in remarks for span in said.spans]

    assert {detail for _, detail in found} == set(Detail)
    for words, detail in found:
        assert re.fullmatch(shapes[detail], words), (words, detail)


def test_a_span_is_a_start_an_end_and_a_kind():
    assert unmarked(f"ring {marked(Detail.PHONE, '07700 900123')} please") == (
        "ring 07700 900123 please",
        (Span(5, 17, Detail.PHONE),),
    )

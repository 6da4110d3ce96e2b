"""A page fails through nobody's doing."""

from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from survey.wording import words_in


def failing_page() -> AppTest:
    script = """
from pages.ui import fault
assert fault.show(ValueError("my son Daniel")) is True
"""
    return AppTest.from_string(script, default_timeout=30).run()


def shown(page: AppTest) -> str:
    return "".join(element.proto.body for element in page.get("html"))


def test_a_parent_is_told_that_nothing_is_lost_and_what_to_do():
    words = words_in("en")

    assert words("shell.fault") in shown(failing_page())
    assert words("shell.fault_advice") in shown(failing_page())
    assert 'role="alert"' in shown(failing_page())


def test_nobody_is_shown_what_the_error_says():
    assert "Daniel" not in shown(failing_page())


def test_an_officer_is_not_told_of_answers_they_did_not_give(monkeypatch):
    monkeypatch.setattr(ContextProxy, "url", property(lambda _: "http://heard.example/live-results"))

    assert words_in("en")("shell.fault") in shown(failing_page())
    assert words_in("en")("shell.fault_advice") not in shown(failing_page())

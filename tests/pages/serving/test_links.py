"""What the terminal shows when Heard starts."""

import pytest

from pages.serving import links
from survey.demo import SignIn


@pytest.mark.parametrize(
    ("started_with", "port"),
    [
        (["streamlit", "run", "streamlit_app.py", "--server.port", "8600"], 8600),
        (["streamlit", "run", "streamlit_app.py", "--server.port=8601"], 8601),
        (["uvicorn", "streamlit_app:app", "--port", "9000"], 9000),
    ],
)
def test_the_links_lead_to_the_port_it_was_started_on(monkeypatch, capsys, started_with, port):
    monkeypatch.setattr("sys.argv", started_with)

    links.show()

    shown = capsys.readouterr().out
    assert f"http://localhost:{port}/\n" in shown
    assert f"http://localhost:{port}/live-results\n" in shown
    assert f"http://localhost:{port}/summary\n" in shown


def test_new_sign_ins_are_shown_this_once(capsys):
    links.show([SignIn("Olu", "abcd-efgh-jkmn-pqrs")])

    shown = capsys.readouterr().out
    assert "Olu" in shown
    assert "abcd-efgh-jkmn-pqrs" in shown
    assert "shown this once" in shown


def test_without_new_sign_ins_nothing_is_said_of_them(capsys):
    links.show()

    assert "password" not in capsys.readouterr().out


def test_what_was_left_out_is_told_with_what_to_do_and_nothing_is_said_where_all_is_well(capsys):
    links.show(faults=["ours.toml is not TOML: line 3. Correct that line."])
    assert "ours.toml is not TOML: line 3. Correct that line." in capsys.readouterr().out

    links.show()
    assert "put right" not in capsys.readouterr().out

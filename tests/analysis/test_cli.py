"""The command as an officer meets it: arguments in, files and one sentence out."""

import csv

import pandas as pd
import pytest
import typer
from typer.testing import CliRunner

from analysis.cli import app, write_all
from analysis.sheet import Sheet
from analysis.told import COLUMNS, direction
from survey.questionnaire import Direction
from tests.running import free_port

COMMENTS = [
    "The bus is late every morning and the driver changes each week",
    "Lovely, kind and caring staff at the nursery",
    "Nothing",
    "",
    "بچے کی تھراپی کا بہت انتظار ہے",
    "We waited three years for an autism assessment",
    "The chips in the canteen were cold and greasy",
    "The bus is late every morning and the driver changes each week",
    '=HYPERLINK("http://example.com")',
]


@pytest.fixture
def command(tmp_path):
    def run(*more: str, comments=COMMENTS, header=("id", "question", "comment"), labels=None, name="in.csv"):
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(header if labels is None else ("label", *header[1:]))
            first = labels or map(str, range(len(comments)))
            rows.writerows([label, "What could be better?", text] for label, text in zip(first, comments, strict=True))
        out = tmp_path / "out.csv"
        ran = CliRunner().invoke(app, [str(tmp_path / name), "--text", "comment", "--out", str(out), *more])
        return ran, out

    return run


def read(path):
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def test_each_row_comes_back_in_its_place_with_our_columns_beside_its_own(command):
    ran, out = command()

    assert ran.exit_code == 0, ran.stderr
    result = read(out)
    assert list(result) == ["id", "question", "comment", *COLUMNS]
    assert result["comment"].tolist() == COMMENTS
    assert result["theme"].tolist()[:6] == ["transport", "staff_manner", "nothing_to_add", "", "", "diagnosis"]
    assert result["theme_label"][6] == "Something else"
    assert result["sentiment"].tolist()[:2] == ["negative", "positive"]
    assert result.loc[0, COLUMNS].tolist() == result.loc[7, COLUMNS].tolist()
    assert "bus" in result["theme_words"][0].split(", ")
    assert result["themes"][0].startswith(f"Transport and getting there ({float(result['theme_strength'][0]):.2f})")
    assert result["themes"].tolist()[2:5] == ["Nothing to add (1.00)", "", ""]
    probabilities = result[["p_negative", "p_neutral", "p_positive"]].astype(float)
    assert (probabilities.sum(axis=1) - 1).abs().max() < 1e-9


def test_several_processes_write_the_same_to_the_byte(command):
    _, out = command()
    known = out.read_bytes()

    ran, out = command("--processes", "2")

    assert ran.exit_code == 0, ran.stderr
    assert out.read_bytes() == known


def test_where_no_cluster_answers_it_says_so_and_writes_nothing(command, monkeypatch):
    monkeypatch.setattr("analysis.executors.PATIENCE_SECONDS", 0.5)
    address = f"tcp://127.0.0.1:{free_port()}"

    ran, out = command("--cluster", address)

    assert ran.exit_code == 1
    assert f"No Dask scheduler answers at {address}" in ran.stderr
    assert "Nothing was written." in ran.stderr
    assert not out.exists()


def test_each_comment_says_its_language_what_it_does_and_why_nothing_is_said_of_it(command):
    said = [
        "The staff are lovely. My son Jack waits for a bus.",
        "Niemand hilft uns mit unserem Kind",
        "😡",
        "Please ring",
    ]

    _, out = command(comments=said)

    told = read(out)
    assert told["language"].tolist() == ["en", "other", "unknown", "en"]
    assert told["stance"].tolist()[1:] == ["", "", "request"]
    assert "praise" in told["stance"][0].split(" | ")
    assert [bool(note) for note in told["note"]] == [False, True, True, False]
    assert told["unsure"].tolist()[1:3] == ["yes", "yes"]
    assert told["redacted"][0] == "The staff are lovely. My son [name] waits for a bus."


def test_the_file_with_the_comments_is_never_written_over(command, tmp_path):
    before = None
    for more in (("--out", str(tmp_path / "in.csv")), ("--themes", str(tmp_path / "in.csv"))):
        ran, _ = command(*more)
        after = (tmp_path / "in.csv").read_bytes()
        assert ran.exit_code == 1
        assert "in.csv is the file with the comments and would be written over. Give another name." in ran.stderr
        assert before in (None, after)
        before = after


def test_lines_with_commas_under_one_heading_are_read_whole_and_it_says_so(command, tmp_path):
    file = tmp_path / "lines.csv"
    file.write_text("comment\nThe bus is late, very late\nfine\n", encoding="utf-8")

    ran = CliRunner().invoke(app, [str(file), "--text", "comment", "--out", str(tmp_path / "told.csv")])

    assert ran.exit_code == 0
    assert "Row 2 of lines.csv has commas" in " ".join(ran.stderr.split())
    assert read(tmp_path / "told.csv")["comment"].tolist() == ["The bus is late, very late", "fine"]


def test_nothing_of_ours_runs_as_a_formula(command):
    _, out = command()

    ours = read(out)[COLUMNS].to_numpy().ravel()
    assert not [cell for cell in ours if cell.startswith(("=", "+", "-", "@"))]


def test_the_same_file_gives_the_same_bytes(command, tmp_path):
    themes = tmp_path / "themes.csv"
    _, out = command("--themes", str(themes), "--seed", "3")
    first = out.read_bytes(), themes.read_bytes()

    command("--themes", str(themes), "--seed", "3")

    assert (out.read_bytes(), themes.read_bytes()) == first


def test_the_question_says_what_nothing_means(command):
    _, out = command("--question", "question")

    assert read(out)["sentiment"][2] == "positive"


@pytest.mark.parametrize(
    ("question", "asked_for"),
    [
        ("What could we do better?", Direction.CRITICISM),
        ("How could we improve?", Direction.CRITICISM),
        ("What one thing would you change?", Direction.CRITICISM),
        ("What was good?", Direction.PRAISE),
        ("What works well?", Direction.PRAISE),
        ("Is there anything else you want to tell us?", Direction.OPEN),
        ("What didn't you like?", Direction.CRITICISM),
        ("What do you like least?", Direction.CRITICISM),
        ("What has not worked well?", Direction.CRITICISM),
        ("What do you like most?", Direction.PRAISE),
        ("What works well and what doesn't?", Direction.OPEN),
        ("What were you satisfied or dissatisfied with?", Direction.OPEN),
        ("", Direction.OPEN),
    ],
)
def test_what_a_question_asks_for_is_told_from_its_words(question, asked_for):
    assert direction(question) is asked_for


def test_themes_are_listed_with_their_figures_and_redacted_examples(command, tmp_path):
    themes = tmp_path / "themes.csv"
    said = [f"My son Jack waited {years} years for the assessment, ring 07700 900123" for years in range(2, 9)]

    command("--themes", str(themes), comments=[*COMMENTS, *said])

    listed = read(themes).set_index("theme")
    assert listed.loc["transport", "comments"] == "2"
    assert listed["comments"].astype(int).sum() == (read(tmp_path / "out.csv")["theme"] != "").sum()
    shown = " ".join(listed[["example_1", "example_2", "example_3"]].to_numpy().ravel())
    assert "07700" not in shown
    assert "Jack" not in shown


def test_a_theme_that_was_found_says_how_stable_it_is_and_every_theme_shows_what_lies_at_its_border(command, tmp_path):
    themes = tmp_path / "themes.csv"
    said = [f"{what} number {place}" for place in range(10) for what in ("late school bus", "cold canteen food")]

    command("--frame", "none", "--count", "2", "--themes", str(themes), comments=[*said, "Nothing"])

    listed = read(themes).set_index("kind")
    assert listed.loc["found", "stability"].tolist() == ["1.0000", "1.0000"]
    assert listed.loc["found", "resamples"].tolist() == ["20", "20"]
    assert listed.loc["nothing", ["stability", "resamples"]].tolist() == ["", "0"]
    border = listed.loc["found", ["borderline_1", "borderline_2", "borderline_3"]].to_numpy().ravel()
    assert set(border) <= set(said)
    assert len(set(border)) == 6


def test_whoever_asks_for_more_themes_than_there_are_comments_is_told_what_came_of_it(command):
    ran, _ = command("--frame", "none", "--count", "50", comments=["late school bus", "cold canteen food", "no reply"])

    assert "3 of the themes found are one comment each: ask for fewer with --count." in ran.stderr


def test_agreement_with_labels_the_file_has_is_said_in_words(command):
    truth = ["transport", "Support in school", "", "", "", "Waiting and delays", "", "transport", ""]

    ran, _ = command("--truth", "label", "--seed", "4", comments=COMMENTS, header=("label", "question", "comment"))
    assert "So only the groups can be compared" in ran.stdout

    ran, _ = command("--truth", "label", comments=COMMENTS, labels=truth)
    assert ran.exit_code == 0, ran.stderr
    assert "4 comments have a label, of 3 different ones. 3 of these are themes of the coding frame" in ran.stdout
    assert "Same theme: 0.500" in ran.stdout
    assert "200 drawings of these comments, seed 0" in ran.stdout


def test_a_truth_column_that_is_not_there_is_refused(command):
    ran, out = command("--truth", "commment")

    assert ran.exit_code == 1
    assert "The file has no column 'commment'. Did you mean 'comment'?" in ran.stderr
    assert not out.exists()


def test_without_a_frame_every_theme_is_found_in_the_comments(command, tmp_path):
    themes = tmp_path / "themes.csv"
    said = [f"{what} number {place}" for place in range(10) for what in ("late school bus", "cold canteen food")]

    _, out = command("--frame", "none", "--count", "2", "--themes", str(themes), comments=said)

    assert read(out)["theme"].nunique() == 2
    assert read(themes)["kind"].tolist() == ["found", "found"]


def test_a_frame_of_ones_own_is_used(command, tmp_path):
    (tmp_path / "ours.toml").write_text(
        '[[theme]]\nlabel = "Canteen"\nkeywords = ["chips"]\n[[theme]]\nlabel = "Bus"\n'
    )

    _, out = command("--frame", str(tmp_path / "ours.toml"))

    assert read(out)["theme_label"][6] == "Canteen"


def test_a_file_with_a_theme_column_of_its_own_keeps_it(command):
    ran, out = command(header=("theme", "question", "comment"))

    assert next(iter(read(out))) == "theme"
    assert "heard_theme" in read(out)
    assert "ours is called heard_theme" in ran.stderr


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--text", "coment"], "The file has no column 'coment'. Did you mean 'comment'? Nothing was written."),
        (["--frame", "potholes"], "No coding frame called 'potholes' comes with Heard. Use one of: send. Nothing was"),
        (["--frame", "none.toml"], "none.toml: the coding frame cannot be read"),
        (["--frame", "twice.toml"], "two themes have the label 'bus'; give each its own"),
        (["--frame", "empty.toml"], "empty.toml"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_leaves_no_file(command, tmp_path, monkeypatch, more, sentence):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "twice.toml").write_text('[[theme]]\nlabel = "Bus"\n[[theme]]\nlabel = "bus"\nkey = "other"\n')
    (tmp_path / "empty.toml").write_text('title = "Nothing in it"\ntheme = []\n')
    ran, out = command(*more)

    assert ran.exit_code == 1
    assert sentence in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1
    assert not out.exists()


@pytest.mark.parametrize("bad", ["none/out.csv", "folder"])
@pytest.mark.parametrize("which", ["--out", "--themes"])
def test_a_place_that_cannot_be_written_to_is_refused_before_anything_is(command, tmp_path, which, bad):
    (tmp_path / "folder").mkdir()
    other = {"--out": "--themes", "--themes": "--out"}[which]

    ran, _ = command(which, str(tmp_path / bad), other, str(tmp_path / "other.csv"))

    assert ran.exit_code == 1
    assert ran.stderr.startswith(f"{tmp_path / bad} cannot be written: ")
    assert ran.stderr.endswith("Nothing was written.\n")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["folder", "in.csv"]


def test_where_one_result_cannot_be_written_any_more_it_says_which_was(tmp_path, capsys):
    first, second = tmp_path / "out.csv", tmp_path / "gone" / "themes.csv"

    with pytest.raises(typer.Exit):
        write_all(dict.fromkeys((first, second), Sheet(("a",), [["1"]])))

    assert first.exists()
    told = capsys.readouterr().err
    assert f"Written before that: {first}." in told
    assert "Nothing was written" not in told


@pytest.mark.parametrize("name", ["out[final].csv", "out[/x].csv", "out [bold].csv"])
def test_names_with_brackets_are_told_as_they_are(command, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out[").mkdir()

    ran, _ = command("--out", name, name="in[a].csv", header=("theme", "question", "comment"))

    assert ran.exit_code == 0, ran.stderr
    assert f"The result is in {name}." in ran.stderr


TEN_LANGUAGES = [
    "We waited two years", "Nikt nam nie pomaga z autobusem", "Nu ne ajută nimeni la școală", "بچے کا اسکول بہت دور ہے",
    "કોઈ મદદ કરતું નથી", "ਕੋਈ ਮਦਦ ਨਹੀਂ ਕਰਦਾ", "কেউ সাহায্য করে না", "कोई मदद नहीं करता",
    "Personne ne nous aide avec notre enfant",
    "لا أحد يساعدنا في المدرسة",
]  # fmt: skip


@pytest.mark.parametrize(
    "comments",
    [
        ["one"], [""], ["", " "], ["same words here"] * 30, ["😡" * 5_000], ["😡"] * 5_000, TEN_LANGUAGES * 3,
        ["The bus is late. " * 60_000, "word" * 250_000],
    ],
    ids=["one", "blank", "all blank", "identical", "emoji in one", "emoji", "ten languages", "a megabyte"],
)  # fmt: skip
def test_any_number_and_sort_of_comments_gives_as_many_rows(command, comments):
    ran, out = command(comments=comments)

    assert ran.exit_code == 0, ran.stderr
    assert len(read(out)) == len(comments)

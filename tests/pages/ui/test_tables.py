"""Tables for staff: read aloud row by row, and as cards on a phone without ceasing to be tables."""

from html.parser import HTMLParser

from pages.ui import markup

HEADS = ["Service", "District", "Verdict", "Share"]
ROWS = [["Short breaks", "Wyre", "Clearly worse", "30% of 200"], ["<b>", '"Wyre"', "About the same", "–"]]
ROLES = {
    "table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell",
}  # fmt: skip


class Parts(HTMLParser):
    """The parts of a table with what they say they are."""

    def __init__(self, told: str) -> None:
        super().__init__()
        self.parts: list[tuple[str, dict[str, str | None]]] = []
        self.feed(told)

    def handle_starttag(self, tag, attrs):
        self.parts.append((tag, dict(attrs)))


def test_each_part_says_what_it_is_because_cards_are_not_laid_out_as_a_table():
    parts = Parts(markup.table(HEADS, ROWS, caption="What stands out")).parts

    for tag, attributes in parts:
        if tag == "th":
            assert attributes["role"] == {"col": "columnheader", "row": "rowheader"}[attributes["scope"]]
        elif tag in ROLES:
            assert attributes["role"] == ROLES[tag]


def test_each_cell_has_its_column_s_name_to_stand_before_it_on_a_card():
    cells = [attributes for tag, attributes in Parts(markup.table(HEADS, ROWS, caption="")).parts if tag == "td"]

    assert [cell["data-head"] for cell in cells] == HEADS[1:] * 2


def test_a_table_of_three_columns_fits_a_phone_and_stays_a_table():
    told = markup.table(HEADS[:3], [row[:3] for row in ROWS], caption="")

    assert "heard-as-cards" not in told
    assert "heard-as-cards" in markup.table(HEADS, ROWS, caption="")


def test_a_sentence_may_take_two_lines_and_a_table_with_one_is_cards_on_a_phone_however_few_its_columns():
    sentence = "No clear change, between 9 points lower and 2 points higher"
    short, said = ([[row[0], row[3], text] for row in ROWS] for text in ("No clear change", sentence))

    assert markup.table(HEADS[:3], said, caption="").count(' class="heard-said">No clear change, between') == 2
    assert "heard-as-cards" in markup.table(HEADS[:3], said, caption="")
    assert "heard-said" not in markup.table(HEADS[:3], short, caption="")


def test_what_somebody_wrote_is_shown_and_never_run():
    told = markup.table([*HEADS, "<i>"], [[*row, "<script>"] for row in ROWS], caption="<u>")

    assert "<script>" not in told
    assert "<i>" not in told
    assert "<u>" not in told

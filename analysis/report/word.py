"""Word documents: real headings, tables with header rows, charts that can be changed, in any script."""

from collections.abc import Sequence
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.document import Document as Written
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from lxml import etree

from analysis.report import native_chart
from analysis.report.blocks import (
    SHORT,
    Bar,
    Bars,
    Block,
    Grid,
    Heading,
    Points,
    Saying,
    Words,
    from_the_right,
    giving_way,
    longest,
    tongue,
    unbroken,
)
from analysis.report.edition import Cover
from analysis.report.native_chart import Box
from analysis.report.settled import settled
from survey.languages import LANGUAGES
from survey.written import safe

WORD_FILE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""What browsers know such a file by."""
FONT: Final = "Calibri"
WIDE: Final = 9_800
"""How wide a table may be, in twentieths of a point, as are the next two."""
LETTER: Final = 90  # one in the size of tables
EDGES: Final = 270  # what is left free in a cell, on both sides together
_AFTER_DIRECTION: Final = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc")
_CHART: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHART_NAMESPACE: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def word(blocks: Sequence[Block], cover: Cover, *, points: int) -> bytes:
    """A document of those blocks, set in letters of that size."""
    document = Document()
    _prepared(document, cover, points)
    for block in blocks:
        _write(document, block)
    made = BytesIO()
    document.save(made)
    return settled(made.getvalue(), cover.dated)


def _write(document: Written, block: Block) -> None:
    match block:
        case Heading():
            _add(document.add_paragraph(style=f"Heading {block.level}"), block.text)
        case Words():
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.keep_with_next = block.leads
            _add(paragraph, block.text, size=9 if block.small else 0)
        case Points():
            _points(document, block)
        case Grid():
            _grid(document, block)
        case Bars():
            _bars(document, block)
        case Saying():
            _saying(document, block)


def _prepared(document: Written, cover: Cover, points: int) -> None:
    """The paper, the letters, the language and what the file says of itself."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.9)
    section.top_margin = section.bottom_margin = Cm(1.6)
    sizes = {"Normal": 1.0, "Heading 1": 1.8, "Heading 2": 1.3, "Heading 3": 1.1, "Caption": 0.95, "Quote": 1.0}
    for name, times in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(round(points * times))
        style.font.color.rgb = RGBColor.from_string(native_chart.INK)
        _own_letters(style.element)
        style.paragraph_format.space_before = Pt(0 if name == "Normal" else points * 0.7)
        style.paragraph_format.space_after = Pt(points * 0.35)
        style.paragraph_format.line_spacing = 1.0
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    properties = document.core_properties
    properties.title, properties.author = safe(cover.title), safe(cover.owner)
    properties.last_modified_by, properties.language = properties.author, "en-GB"
    properties.comments, properties.subject = "", safe(cover.status)
    properties.created = properties.modified = cover.dated.replace(tzinfo=None)
    _foot(section.footer.paragraphs[0], cover)


def _own_letters(style: etree._Element) -> None:
    """Let a style's own letters count, not those of the theme, and be as large in scripts read from the right."""
    for fonts in style.iter(qn("w:rFonts")):
        for name in [name for name in fonts.attrib if name.endswith("Theme")]:
            del fonts.attrib[name]
    for size in list(style.iter(qn("w:szCs"))):
        size.getparent().remove(size)
    for size in list(style.iter(qn("w:sz"))):
        complex_size = OxmlElement("w:szCs")
        complex_size.set(qn("w:val"), size.get(qn("w:val")))
        size.addnext(complex_size)


def _foot(paragraph: Paragraph, cover: Cover) -> None:
    _add(paragraph, f"{cover.status} Page ", size=8)
    number = '<w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t>1</w:t></w:r>'
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE">{number}</w:fldSimple>')
    paragraph._p.append(field)


def _add(paragraph: Paragraph, text: str, *, size: int = 0) -> None:
    """Words in a paragraph, read from the right where they are to be, each marked with its language."""
    run = paragraph.add_run(safe(text))
    if size:
        run.font.size = Pt(size)
    if (spoken := tongue(text)) == "en":
        return
    marks = run._r.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:bidi" if from_the_right(text) else "w:val"), LANGUAGES[spoken].tag)
    if from_the_right(text):
        paragraph._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *_AFTER_DIRECTION)
        marks.append(OxmlElement("w:rtl"))
    marks.append(language)


def _points(document: Written, block: Points) -> None:
    for item in block.items:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.paragraph_format.space_after = Pt(1)
        _add(paragraph, item)


def _saying(document: Written, block: Saying) -> None:
    paragraph = document.add_paragraph(style="Quote")
    paragraph.paragraph_format.left_indent = Cm(0.7)
    _add(paragraph, f"“{block.words}”")
    if block.translated:
        _add(paragraph, " (Put into English by a person.)", size=8)
    if block.about:
        paragraph.add_run().add_break()
        _add(paragraph, block.about, size=9)


def tall(rows: Sequence[Bar]) -> float:
    """How high the chart of some bars is, in points."""
    return float(Cm(1.6 + 0.95 * len(rows)).pt)


def _bars(document: Written, block: Bars) -> None:
    """A chart of Word's own, with its numbers in a workbook inside it."""
    box = Box(0, 0, Cm(17), Pt(tall(block.rows)))
    drawn = native_chart.apart(block, box)
    package, number = document.part.package, sum(1 for _ in document.element.body.iter(qn("wp:inline"))) + 1
    workbook = Part(PackURI(f"/word/embeddings/workbook{number}.xlsx"), _WORKBOOK, drawn.workbook, package)
    chart = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART, drawn.chart, package)
    chart.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
    link = document.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
    _caption(document, block.title)
    inline = parse_xml(
        f'<w:drawing {nsdecls("w", "wp", "a", "r")}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{box.width}" cy="{box.height}"/><wp:docPr id="{100 + number}" name="Chart {number}" '
        f"descr={quoteattr(safe(block.alt))}/><wp:cNvGraphicFramePr/><a:graphic>"
        f'<a:graphicData uri="{_CHART_NAMESPACE}"><c:chart xmlns:c="{_CHART_NAMESPACE}" r:id="{link}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    document.add_paragraph().add_run()._r.append(inline)


def _caption(document: Written, title: str) -> None:
    paragraph = document.add_paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = True
    _add(paragraph, title)


def _grid(document: Written, block: Grid) -> None:
    """A table with a header row that every page repeats. Written as a whole: cell by cell, long ones take minutes."""
    _caption(document, block.title)
    widths = _widths(block)
    heads = _row(block, block.columns, widths, head=True, kept=True)
    many, kept = len(block.rows), {0, len(block.rows) - 2}  # no row stands alone above or below the end of a page
    rows = "".join(
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        f"{_row(block, row, widths, kept=place < many - 1 and (many <= SHORT or place in kept))}</w:tr>"
        for place, row in enumerate(block.rows)
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1" w:firstColumn="1" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(safe(block.title))}/>"
        f"<w:tblDescription w:val={quoteattr(safe(f'{block.title}. {block.note}'.strip()))}/></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>{rows}</w:tbl>"
    )
    document.element.body.insert(len(document.element.body) - 1, table)
    note = document.add_paragraph()
    if block.note:
        _add(note, block.note, size=9)


def _widths(block: Grid) -> list[int]:
    """How wide each column is: as its longest cell, or where the page is too narrow as much as the others leave it."""
    ways = giving_way(block, (WIDE - EDGES * len(block.columns)) / LETTER)
    lengths = [longest(column) for column in zip(block.columns, *block.rows, strict=True)]
    whole = [EDGES + LETTER * length if not way else 0 for way, length in zip(ways, lengths, strict=True)]
    left = (WIDE - sum(whole)) / (sum(ways) or 1)
    return [round(width or left * way) for width, way in zip(whole, ways, strict=True)]


def _row(block: Grid, row: Sequence[str], widths: Sequence[int], *, head: bool = False, kept: bool = False) -> str:
    """The cells of a row; one that is kept stays on the page of the next."""
    places = zip(row, widths, range(len(row)), strict=True)
    return "".join(
        _cell(text, width, head=head, kept=kept, figure=place >= block.names) for text, width, place in places
    )


def _cell(text: str, width: int, *, head: bool, kept: bool, figure: bool) -> str:
    right = from_the_right(text)
    way = ("<w:keepNext/>" if kept else "") + ("<w:bidi/>" if right else "")
    side = '<w:jc w:val="right"/>' if figure else ""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="E7ECEE"/>' if head else ""
    marks = ("<w:b/>" if head else "") + '<w:sz w:val="18"/>' + ("<w:rtl/>" if right else "") + _language(text)
    said = escape(safe(unbroken(text)))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr><w:p><w:pPr>{way}<w:spacing w:before="20" '
        f'w:after="20"/>{side}</w:pPr><w:r><w:rPr>{marks}</w:rPr><w:t xml:space="preserve">{said}</w:t></w:r></w:p>'
        "</w:tc>"
    )


def _language(text: str) -> str:
    spoken = tongue(text)
    way = "bidi" if from_the_right(text) else "val"
    return "" if spoken == "en" else f'<w:lang w:{way}="{LANGUAGES[spoken].tag}"/>'

"""Charts that office programs draw themselves, so that whoever opens a file can change them."""

from collections.abc import Sequence
from copy import deepcopy
from io import BytesIO
from typing import Final, NamedTuple

from lxml import etree
from pptx import Presentation
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Emu, Pt
from xlsxwriter.workbook import Workbook

from analysis.report.blocks import Bars
from survey.written import safe

INK: Final = "1C2A2E"
BLUE: Final = "0B5C8A"
FILLS: Final = ("8A3B12", "6B6B6B", "0B5C8A", "D9D9D9")
"""For criticism, both, praise and neither: they differ in lightness as well, so that they read in grey."""
INKS: Final = ("FFFFFF", "FFFFFF", "FFFFFF", INK)
_C: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"


class Box(NamedTuple):
    """Where something stands and how large it is, in the units of office programs."""

    left: int
    top: int
    width: int
    height: int


class Stack(NamedTuple):
    """One bar for each label, divided into the shares of the same few answers. A share that is held back is None."""

    title: str
    alt: str
    labels: tuple[str, ...]
    parts: tuple[tuple[str, tuple[float | None, ...]], ...]


class Apart(NamedTuple):
    """A chart and the workbook with its numbers, apart from any slide."""

    chart: bytes
    workbook: bytes


def bars(slide: Slide, drawn: Bars, box: Box, *, points: int = 14) -> GraphicFrame:
    """Put bars with their ranges on a slide. Each is labelled with its share, its base and its range."""
    data = CategoryChartData(number_format="0%")
    data.categories = [safe(f"{row.label}: {row.said}") for row in drawn.rows]
    data.add_series("Share", [row.share for row in drawn.rows])
    frame = _placed(slide, XL_CHART_TYPE.BAR_CLUSTERED, box, data, drawn.alt)
    chart = frame.chart
    _axes(chart, points, top=min(1.0, max(row.high for row in drawn.rows) * 1.1))
    chart.has_legend = False
    series = chart.plots[0].series[0]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = RGBColor.from_string(BLUE)
    ranges = [(row.high - row.share, row.share - row.low) for row in drawn.rows]
    series._element.find(f"{{{_C}}}cat").addprevious(_ranges(ranges))
    return frame


def stack(slide: Slide, drawn: Stack, box: Box, *, points: int = 14) -> GraphicFrame:
    """Put divided bars on a slide, with their parts named beside them and each share written in it."""
    data = CategoryChartData(number_format="0%")
    data.categories = [safe(label) for label in drawn.labels]
    for name, shares in drawn.parts:
        data.add_series(name, shares)
    frame = _placed(slide, XL_CHART_TYPE.BAR_STACKED, box, data, drawn.alt)
    chart = frame.chart
    _axes(chart, points, top=1.0)
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(points)
    chart.plots[0].overlap = 100
    for series, fill, ink in zip(chart.plots[0].series, FILLS, INKS, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(fill)
        labels = series.data_labels
        labels.show_value, labels.number_format, labels.number_format_is_linked = True, '[>=0.06]0%;""', False
        labels.font.size, labels.font.color.rgb = Pt(points - 2), RGBColor.from_string(ink)
    return frame


def apart(drawn: Bars, box: Box) -> Apart:
    """Bars as a part for a Word document, which has no charts of its own in the library that writes it."""
    slides = Presentation()
    frame = bars(slides.slides.add_slide(slides.slide_layouts[6]), drawn, box, points=9)
    part = frame.chart.part
    made = deepcopy(part._element)
    (outside,) = made.findall(f"{{{_C}}}externalData")
    outside.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", "rId1")
    return Apart(
        etree.tostring(made, xml_declaration=True, encoding="UTF-8", standalone=True),
        part.chart_workbook.xlsx_part.blob,
    )


def _placed(slide: Slide, kind: XL_CHART_TYPE, box: Box, data: CategoryChartData, alt: str) -> GraphicFrame:
    frame: GraphicFrame = slide.shapes.add_chart(kind, *map(Emu, box), data)
    frame.chart.part.chart_workbook.update_from_xlsx_blob(_workbook(data))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", safe(alt))
    frame.chart.font.name = "Calibri"
    frame.chart.has_title = False
    return frame


def _workbook(data: CategoryChartData) -> bytes:
    """The numbers of a chart where it looks for them. The library that draws it would take labels for formulas."""
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        shown = book.add_format({"num_format": data.number_format})
        for row, category in enumerate(data.categories, start=1):
            sheet.write_string(row, 0, category.label)
        for column, series in enumerate(data, start=1):
            sheet.write_string(0, column, series.name)
            for row, value in enumerate(series.values, start=1):
                if value is not None:
                    sheet.write_number(row, column, value, shown)
    return made.getvalue()


def _axes(chart: Chart, points: int, *, top: float) -> None:
    names, values = chart.category_axis, chart.value_axis
    names.reverse_order = True  # the first on top
    names.tick_labels.font.size = Pt(points)
    names._element.find(f"{{{_C}}}noMultiLvlLbl").addprevious(parse_xml(f'<c:tickLblSkip xmlns:c="{_C}" val="1"/>'))
    names.format.line.color.rgb = RGBColor.from_string(INK)
    values.minimum_scale, values.maximum_scale = 0, top
    values.tick_labels.font.size = Pt(points)
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = "0%", False
    values.format.line.fill.background()
    values.tick_label_position = XL_TICK_LABEL_POSITION.HIGH  # below, now that the first is on top
    values.major_gridlines.format.line.color.rgb = RGBColor(0xD9, 0xD9, 0xD9)
    chart.plots[0].gap_width = 60


def _ranges(ends: Sequence[tuple[float, float]]) -> etree._Element:
    """Lines from the low end of each range to the high one: how far each lies above and below the share."""
    above = "".join(f'<c:pt idx="{place}"><c:v>{up:.4f}</c:v></c:pt>' for place, (up, _) in enumerate(ends))
    below = "".join(f'<c:pt idx="{place}"><c:v>{down:.4f}</c:v></c:pt>' for place, (_, down) in enumerate(ends))
    given = f'<c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(ends)}"/>'
    line = f'<c:spPr><a:ln w="15875"><a:solidFill><a:srgbClr val="{INK}"/></a:solidFill></a:ln></c:spPr>'
    element: etree._Element = parse_xml(
        f'<c:errBars xmlns:c="{_C}" xmlns:a="{_A}"><c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="0"/><c:plus>{given}{above}</c:numLit></c:plus>'
        f"<c:minus>{given}{below}</c:numLit></c:minus>{line}</c:errBars>"
    )
    return element

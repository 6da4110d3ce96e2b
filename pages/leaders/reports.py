"""Reports that were signed off: the list of them, and one by its number, which stands in the address."""

import streamlit as st

from pages.leaders import one_report
from pages.ui import access, markup
from pages.ui.doors import REPORTS
from survey import reports
from survey.database import engine, reading
from survey.errors import ReportError
from survey.tables import RoleName

access.require(*REPORTS.roles)

present = access.require(*REPORTS.roles)
asked = st.query_params.get("report", "")
with reading(engine()) as session:
    listed = reports.listed(session)
    problem = "" if not asked or asked.isdecimal() else "The address names no report. Choose one from the list."
    signed = None
    if asked and not problem:
        try:
            signed = reports.signed(session, int(asked[:9]))
        except ReportError as refused:
            problem = str(refused)

if signed is not None:
    one_report.show_it(signed, officer=RoleName.OFFICER in present.roles)
else:
    st.title(REPORTS.title, anchor=False)
    if problem:
        markup.draw(markup.notice(problem))
    one_report.show_list(listed)

st.header("How to read this", anchor=False)
markup.draw(
    markup.paragraph("A report stays as it was when it was signed off. What has moved since is marked."),
    markup.paragraph(
        "Quotations are looked up when you read it. Once somebody takes their words back, they are gone here too."
    ),
)

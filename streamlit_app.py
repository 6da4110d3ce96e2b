"""Heard, as a web application: ``make run``, ``streamlit run streamlit_app.py`` or ``uvicorn streamlit_app:app``.

Read downwards: what a request meets first stands first. The pages themselves begin in ``pages/router.py``.
"""

import streamlit as st
from starlette.middleware import Middleware

from pages.keying import routes as keying
from pages.plain import routes as plain
from pages.serving import entrance, health, news, sign_in, statements
from pages.serving.addresses import KnownAddresses
from pages.serving.files import SendFiles
from pages.serving.headers import SecurityHeaders
from pages.serving.limits import SmallBodies
from pages.serving.long_answers import CutLongAnswers
from pages.serving.origin import OwnPagesOnly
from pages.serving.start import lifespan
from pages.ui import fault

app = st.App(
    "pages/router.py",
    lifespan=lifespan,
    middleware=[
        Middleware(SendFiles),
        Middleware(SecurityHeaders),
        Middleware(KnownAddresses),
        Middleware(OwnPagesOnly),
        Middleware(SmallBodies),
        Middleware(CutLongAnswers),
    ],
    on_script_error=fault.show,
    routes=[
        *plain.routes(),
        *keying.routes(),
        *entrance.routes(),
        *sign_in.routes(),
        *statements.routes(),
        *health.routes(),
        *news.routes(),
    ],
)

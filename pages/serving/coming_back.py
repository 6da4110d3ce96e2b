"""Whoever comes back after their signal was lost has their page drawn anew.

When a connection goes, Streamlit stops the script that was drawing the page, wherever it has got to, and keeps what it
drew until then as though that were the page. A browser that comes back would be shown half of it, or nothing at all.
What has been typed stays: the page is drawn with what is in its boxes.
"""

from functools import wraps

from streamlit.runtime import Runtime, SessionClient
from streamlit.runtime.scriptrunner_utils.script_run_context import UserInfoType


def draw_again(runtime: Runtime) -> None:
    """Have this runtime draw the page of every session that a browser comes back to. Call it once, before it serves."""
    connect = runtime.connect_session

    @wraps(connect)
    def connected(
        client: SessionClient,
        user_info: UserInfoType,
        existing_session_id: str | None = None,
        session_id_override: str | None = None,
    ) -> str:
        session_id = connect(client, user_info, existing_session_id, session_id_override)
        if session_id == existing_session_id and (back := runtime._session_mgr.get_active_session_info(session_id)):
            back.session.request_rerun(back.session._client_state)
        return session_id

    runtime.connect_session = connected  # type: ignore[method-assign]

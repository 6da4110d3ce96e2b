"""A server that is killed again and again while a parent answers, and what must be there at the end all the same."""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.forms import Form, Reader
from tests.running import ROOT, free_port

START = "/s/send-services"
# The door alone, in the process that is killed: it starts in a second, and nothing in it differs but what is not there.
SERVER = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from pages.plain.routes import routes
from pages.serving.files import SendFiles
uvicorn.run(Starlette(routes=routes()), fd=int(sys.argv[1]), log_level="error")
"""

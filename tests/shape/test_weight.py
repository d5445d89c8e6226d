"""A process that serves pages stays small: what few tasks need is loaded by them (design, section 9)."""

import subprocess
import sys

HEAVY = ("openpyxl", "numpy", "typst", "pycrdt", "highspy")
LOAD_THE_SITE = f"""
import sys, django
django.setup()
from django.urls import get_resolver
from django.core.wsgi import get_wsgi_application
get_resolver().url_patterns, get_wsgi_application()
print(*[name for name in {HEAVY} if name in sys.modules])
"""


def test_libraries_of_single_tasks_wait_for_them():
    loaded = subprocess.run([sys.executable, "-c", LOAD_THE_SITE], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []

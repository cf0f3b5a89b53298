"""The desk: pages to read, judge and share, and the REST API under ``/api``.

app.py       puts the parts together; headers, faults, entity tags
api.py       the REST API: read the request, call one method of ``Record``, show its shape
overview.py  the part of it that counts and gathers: the record at a glance, actors, pairs
pages/       the pages, each the twin of an API address
access.py    who may do what when it is served beyond this machine
following.py follows a large record beside the desk
asking.py    filters and cursors out of a query; answers into JSON, JSON lines and CSV
"""

from communique.web.app import create, serve

__all__ = ["create", "serve"]

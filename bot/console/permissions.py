"""Write the permission table of docs/permissions.md from the routes.

Run ``python -m bot.console.permissions > docs/permissions.md`` after a change of
routes; a test compares the file with the routes.
"""

from __future__ import annotations

import sys

from bot.console.route import Route
from bot.console.routes import ROUTES
from bot.i18n import render
from bot.model.staff import BY_NAME, PERMISSIONS, ROLE_NAMES, ROLES, Role

HEAD = """# Who may do what at the console

Made from `ROUTES` in `bot/console/routes.py` and `PERMISSIONS` in `bot/model/staff.py` by
`python -m bot.console.permissions`. A route without a mark is refused: users who are signed in read
which role it takes, visitors get the sign-in page. *By name*: no role includes the permission, an
administrator gives it to single members of the staff.
"""


def document() -> str:
    """Return the whole document."""
    columns = [None, *ROLES]
    names = [_name(role) for role in columns]
    lines = [HEAD, f"| | Route | Permission | {' | '.join(names)} |"]
    lines += ["|---|---|---|" + ":-:|" * len(columns)]
    lines += [_line(route, columns) for route in ROUTES]
    return "\n".join(lines) + "\n"


def _line(route: Route, columns: list[Role | None]) -> str:
    """Return one route's line."""
    marks = [_mark(route, role) for role in columns]
    return f"| {route.method} | `{route.path or '/'}` | {route.may} | {' | '.join(marks)} |"


def _mark(route: Route, role: Role | None) -> str:
    """Return whether a role opens a route."""
    if route.may in PERMISSIONS[role]:
        return "✓"
    return "by name" if role is not None and route.may in BY_NAME else ""


def _name(role: Role | None) -> str:
    return render(ROLE_NAMES[role], "en", escape=str) if role else "not signed in"


if __name__ == "__main__":
    sys.stdout.write(document())

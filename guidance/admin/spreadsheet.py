"""Tables to take away, which no spreadsheet runs as formulas."""

import csv
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")  # what a cell that is run begins with


def spreadsheet(name: str, columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """A CSV file to download, under a name without an ending."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.write("\ufeff")  # spreadsheets take it for something else without
    table = csv.writer(response)
    table.writerow(columns)
    table.writerows([_cell(value) for value in row] for row in rows)
    return response


def _cell(value: Any) -> str:
    text = str(value)
    return f"'{text}" if text.lstrip(" \u3000").startswith(FORMULA) else text

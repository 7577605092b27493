"""Writes server/calendar/calendars.json: on which days exchanges trade, from PyPI's exchange-calendars.

For developers only: neither the product nor its build runs it. A new release of the package, once a year:

    python3 -m venv /tmp/calendars && /tmp/calendars/bin/pip install exchange-calendars==4.13.2
    /tmp/calendars/bin/python scripts/make-calendars.py            # --check: compares instead of writing

What is kept of a calendar are the weekdays on which it is closed, by year as MMDD. Both ends of what is known are sessions.
"""

import json
import sys
from pathlib import Path

import exchange_calendars
import pandas as pd

# One where exchanges share their days: XETR stands for Frankfurt's floor (XFRA) too, XPAR for Euronext, XNYS for Nasdaq.
NAMES = {
    "XNYS": "New York Stock Exchange",
    "XTSE": "Toronto Stock Exchange",
    "XLON": "London Stock Exchange",
    "XETR": "Xetra",
    "XPAR": "Euronext Paris",
    "XSWX": "SIX Swiss Exchange",
    "XTKS": "Tokyo Stock Exchange",
    "XHKG": "Hong Kong Stock Exchange",
    "XSHG": "Shanghai Stock Exchange",
    "XKRX": "Korea Exchange",
    "XASX": "Australian Securities Exchange",
    "XBOM": "Bombay Stock Exchange",
    "BVMF": "B3, Sao Paulo",
}
EARLIEST = pd.Timestamp("1990-01-01")
# Rules tell holidays for ever, but exchanges publish theirs a few years ahead.
LATEST = pd.Timestamp("2030-12-31")

TARGET = Path(__file__).parent.parent / "server" / "calendar" / "calendars.json"


def by_year(days):
    years = {}
    for day in days:
        years.setdefault(str(day.year), []).append(f"{day:%m%d}")
    return {year: " ".join(of_year) for year, of_year in years.items()}


def calendar_of(code):
    kind = exchange_calendars.calendar_utils._default_calendar_factories[code]
    start = max(EARLIEST, kind.bound_min() or EARLIEST)
    end = min(LATEST, kind.bound_max() or LATEST)
    calendar = exchange_calendars.get_calendar(code, start=start, end=end)
    sessions = calendar.sessions
    first, last = sessions[0], sessions[-1]
    weekdays = pd.date_range(first, last, freq="B")
    weekends = sessions.difference(weekdays)
    if len(weekends) > 0:
        sys.exit(f"{code} trades on weekends, such as {weekends[0]:%Y-%m-%d}: the file has no place for that yet")
    return {
        "code": code,
        "name": NAMES[code],
        "timezone": str(calendar.tz),
        "knownFrom": f"{first:%Y-%m-%d}",
        "knownUntil": f"{last:%Y-%m-%d}",
        "closed": by_year(weekdays.difference(sessions)),
    }


def main():
    made = {
        "source": f"exchange-calendars {exchange_calendars.__version__} (PyPI, Apache-2.0)",
        "calendars": [calendar_of(code) for code in NAMES],
    }
    text = json.dumps(made, indent=1) + "\n"
    if "--check" in sys.argv:
        if json.loads(TARGET.read_text()) != made:
            sys.exit(f"{TARGET} is not what {made['source']} gives: run this script without --check")
        return
    TARGET.write_text(text)


main()

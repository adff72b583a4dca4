"""When a conversation was last used, in words: the group it stands in and its time of day."""

from __future__ import annotations

from datetime import UTC, date, datetime

from PySide6.QtCore import QDate, QLocale, QTime

from studio.translation import tr

_WEEK_DAYS = 7


def local_now() -> datetime:
    """Return the time on the person's clock, with its zone."""
    return datetime.now(UTC).astimezone()


def day_group(day: date, today: date, locale: QLocale | None = None) -> str:
    """Return the heading for a day; a day that is still to come counts as today."""
    age = (today - day).days
    if age <= 0:
        return tr("Today")
    if age == 1:
        return tr("Yesterday")
    if age <= _WEEK_DAYS:
        return tr("Previous 7 days")
    month = (locale or QLocale()).standaloneMonthName(day.month)
    return month if day.year == today.year else tr("{month} {year}", month=month, year=day.year)


def age_words(moment: datetime, now: datetime, locale: QLocale | None = None) -> str:
    """Return how long ago a moment was, such as ``"12 min"``; after a week, its date.

    Both times need a zone; days are counted in the zone of ``now``.
    """
    there = moment.astimezone(now.tzinfo)
    minutes = int((now - there).total_seconds() // 60)
    if minutes < 1:
        return tr("now")
    if minutes < 60:
        return tr("{minutes} min", minutes=minutes)
    if minutes < 24 * 60:
        return tr("{hours} h", hours=minutes // 60)
    days = (now.date() - there.date()).days
    if days <= _WEEK_DAYS:
        return tr("{days} d", days=days)
    return _short_date(there.date(), locale or QLocale())


def exact_words(moment: datetime, now: datetime, locale: QLocale | None = None) -> str:
    """Return the whole date and time of day in the zone of ``now``, as the locale writes it."""
    there = moment.astimezone(now.tzinfo)
    locale = locale or QLocale()
    day = locale.toString(_qt_date(there.date()), QLocale.FormatType.LongFormat)
    clock = locale.toString(QTime(there.hour, there.minute), QLocale.FormatType.ShortFormat)
    return tr("{day}, {clock}", day=day, clock=clock)


def _short_date(day: date, locale: QLocale) -> str:
    order = locale.dateFormat(QLocale.FormatType.ShortFormat)
    month_first = order.lower().find("m") < order.lower().find("d")
    return locale.toString(_qt_date(day), "MMM d" if month_first else "d MMM")


def _qt_date(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)

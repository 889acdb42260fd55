"""Progress of long calls: ``None``, ``True`` or a callable."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import Any, Callable, Iterator, Union

Callback = Callable[[str, int, int], object]
"""Called with stage, done and total; the total is 0 where it cannot be known."""

Progress = Union[bool, Callback, None]


class _Bar:
    """tqdm, a bar for each stage."""

    def __init__(self, tqdm: Any) -> None:
        self._tqdm = tqdm
        self._bar: Any = None
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        if self._bar is None or stage != self._stage:
            self.close()
            self._stage = stage
            self._bar = self._tqdm(desc=stage, total=total or None, unit_scale=True, unit="")
        self._bar.n = done
        self._bar.refresh()

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


class _Line:
    """A line that is written over."""

    def __init__(self) -> None:
        self._shown = False

    def __call__(self, stage: str, done: int, total: int) -> None:
        share = f"{min(100 * done // total, 100)} %" if total else f"{done:,}"
        print(f"\r\033[K{stage} {share}", end="", file=sys.stderr, flush=True)
        self._shown = True

    def close(self) -> None:
        if self._shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


@contextmanager
def reporting(progress: Progress) -> Iterator[Callback | None]:
    """The callable for the engine, closed at the end: with ``True`` tqdm's bar where tqdm is
    installed, else a line on a terminal, else nothing."""
    if progress is None or progress is False:
        yield None
    elif progress is not True:
        yield progress
    else:
        shown = _shown()
        try:
            yield shown
        finally:
            if shown is not None:
                shown.close()


def _shown() -> _Bar | _Line | None:
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return _Line() if sys.stderr.isatty() else None
    return _Bar(tqdm)

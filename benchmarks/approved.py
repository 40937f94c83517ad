"""``python -m benchmarks.approved``: how often replies use the house's phrase, with and without its approved replies."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import replace
from pathlib import Path

from rewriter import Brand, Rewrite, Rewriter
from rewriter.approved import Approved
from rewriter.engines.base import Engine
from rewriter.engines.choose import engine_for
from rewriter.folding import fold

DATA = Path(__file__).parent / "approved.toml"


def uses(engine: Engine, brand: Brand, rows: list[dict[str, object]], part: str) -> dict[str, list[tuple[bool, Rewrite]]]:
    """Rewrite the drafts and say by language whether each reply has its phrase."""
    rewriter, found = Rewriter(engine, brand), {}
    for row in rows:
        for draft in list(row[part]):  # type: ignore[call-overload]
            result = rewriter.rewrite(draft, language=str(row["language"]))
            found.setdefault(str(row["language"]), []).append((fold(str(row["phrase"])) in fold(result.text), result))
    return found


def main() -> None:
    """Print a line a language: replies with the phrase without the library, and with it."""
    rows = tomllib.loads(DATA.read_text(encoding="utf-8"))["row"]
    neutral, engine = Brand(), engine_for(None)
    library = tuple(Approved(row["language"], row["approved"]) for row in rows)
    for part in ("drafts", "held_out"):
        before, after = (uses(engine, brand, rows, part) for brand in (neutral, replace(neutral, approved=library)))
        for code in before:
            pairs = list(zip(before[code], after[code], strict=True))
            counts = [sum(hit for hit, _ in side[code]) for side in (before, after)]
            moved = sum(one.text != other.text for (_, one), (_, other) in pairs)
            sys.stdout.write(f"{part} {code}: {counts[0]} without, {counts[1]} with, of {len(pairs)}; {moved} replies differ\n")
            if "--show" in sys.argv:
                sys.stdout.writelines(f"  {r.draft}\n    {q.text}\n    {r.text}\n" for (_, q), (_, r) in pairs)


if __name__ == "__main__":
    main()

"""Measures a rewrite side by side: CTranslate2 in int8 and in float32, and transformers, on the same drafts.

    python benchmarks/latency.py

Prints the median time a draft, the ratio to the default engine, and the memory each adds. Run it on an idle machine.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

DRAFTS = (
    "Fogalmam sincs, mikor ér oda a 48213-as rendelés. Nem az én dolgom, hívja a futárt. Majd lesz valami.",
    "Habar n-am când ajunge coletul AWB 5520. Nu ne ocupăm noi de asta. Sunați la curier.",
    "Nie mam pojęcia, kiedy dotrze zamówienie 48213. To nie moja działka. Proszę dzwonić do kuriera.",
    "No idea when order 48213 will arrive. Not my job. Ring the courier and ask them.",
)
ROUNDS = 5


def measure(kind: str) -> tuple[float, float]:
    """Return the median milliseconds a draft and the resident megabytes of a fresh process after it."""
    from rewriter import Rewriter  # noqa: PLC0415 - each process imports what it measures
    from rewriter.engines.base import Engine  # noqa: PLC0415

    engine: Engine
    if kind == "transformers":
        from rewriter.engines.bundled import BUNDLED  # noqa: PLC0415
        from rewriter.engines.huggingface import HuggingFaceEngine  # noqa: PLC0415

        engine = HuggingFaceEngine(str(BUNDLED))
    else:
        import ctranslate2  # noqa: PLC0415

        from rewriter.engines.bundled import BundledEngine  # noqa: PLC0415

        bundled = BundledEngine()
        if kind == "ctranslate2 float32":
            folder = bundled.folder
            bundled.translator = ctranslate2.Translator(str(folder), compute_type="float32", inter_threads=2, intra_threads=1)
        engine = bundled
    rewriter = Rewriter(engine)
    rewriter.rewrite(DRAFTS[0])
    times = []
    for _ in range(ROUNDS):
        for draft in DRAFTS:
            begin = time.perf_counter()
            rewriter.rewrite(draft)
            times.append(1000 * (time.perf_counter() - begin))
    return statistics.median(times), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: Sequence[str]) -> None:
    """Measure one kind (in a process of its own) or all of them."""
    if arguments:
        print(*measure(arguments[0]))  # noqa: T201
        return
    kinds = ("ctranslate2 int8", "ctranslate2 float32", "transformers")
    base = 0.0
    for kind in kinds:
        done = subprocess.run(  # noqa: S603 - this file itself
            [sys.executable, str(Path(__file__)), kind], capture_output=True, text=True, check=True
        )
        time_ms, memory = map(float, done.stdout.split()[-2:])
        base = base or time_ms
        print(f"{kind:22} {time_ms:7.0f} ms a draft  x{time_ms / base:.2f}  {memory:6.0f} MB resident")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])

"""Where a run stands, on disk: weights, averages and optimiser as safetensors, so that it can go on after any interruption."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from transformers import BartForConditionalGeneration


@dataclass
class Progress:
    """Where a run stands: steps taken, seconds trained, the best validation score so far."""

    step: int = 0
    seconds: float = 0.0
    best: float = float("-inf")


class Checkpoint:
    """A run's folder: weights, averages and optimiser as safetensors, progress as JSON; written whole or not at all.

    Args:
        folder: Where; made if missing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def save(
        self,
        model: BartForConditionalGeneration,
        average: dict[str, torch.Tensor],
        optimizer: torch.optim.AdamW,
        progress: Progress,
    ) -> None:
        """Write all; a run that dies while it writes leaves the last checkpoint as it was."""
        names: dict[torch.Tensor, str] = {p: name for name, p in model.named_parameters()}
        state = {f"model.{name}": p.detach().cpu().contiguous() for p, name in names.items()}
        state |= {f"average.{name}": tensor.cpu().contiguous() for name, tensor in average.items()}
        for parameter, values in optimizer.state.items():
            state |= {f"adam.{key}.{names[parameter]}": values[key].cpu() for key in ("exp_avg", "exp_avg_sq")}
        save_file(state, self.folder / "state.tmp", metadata={"progress": json.dumps(asdict(progress))})
        os.replace(self.folder / "state.tmp", self.folder / "state.safetensors")

    def load(
        self, model: BartForConditionalGeneration, average: dict[str, torch.Tensor], optimizer: torch.optim.AdamW
    ) -> Progress:
        """Continue where the folder's last checkpoint stands; a new run if there is none."""
        path = self.folder / "state.safetensors"
        if not path.exists():
            return Progress()
        state = load_file(path)
        with open(path, "rb") as file:
            header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        progress = Progress(**json.loads(header["__metadata__"]["progress"]))
        with torch.no_grad():
            for name, parameter in model.named_parameters():
                parameter.copy_(state[f"model.{name}"])
                average[name].copy_(state[f"average.{name}"])
                if f"adam.exp_avg.{name}" in state:
                    optimizer.state[parameter] = {
                        "step": torch.tensor(float(progress.step)),
                        "exp_avg": state[f"adam.exp_avg.{name}"].to(parameter.device),
                        "exp_avg_sq": state[f"adam.exp_avg_sq.{name}"].to(parameter.device),
                    }
        return progress

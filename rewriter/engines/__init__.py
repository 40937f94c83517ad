"""Engines propose replies; everything around them (facts, checks, choice) is the pipeline's and the same for all."""

from rewriter.engines.base import Engine, Proposal, Request

__all__ = ["Engine", "Proposal", "Request"]

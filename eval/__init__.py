"""The evaluation suite: tasks, systems, metrics, statistics, runner, report. It uses the package's public parts only."""

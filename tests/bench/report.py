"""Prints samples as a table, and the ratios that there are aims for."""

import statistics


def spread(values, form):
    """The median, and the smallest and largest beside it."""
    return f"{form(statistics.median(values))} [{form(min(values))}..{form(max(values))}]"


def whole(value):
    return f"{value:,.0f}"


def tenths(value):
    return f"{value:,.1f}"


HEAD = ("row", "client", "calls/s", "server us/call", "Redis us/call", "p50/p99 us", "answer bytes", "failed")


def table(rows, samples):
    """`samples` maps (row name, client) to the samples of all repetitions."""
    lines = [HEAD]
    for (name, client), of_row in samples.items():
        row = rows[name]
        latency = "-"
        if client != "h2load":
            latency = "/".join(whole(statistics.median(getattr(s, field) for s in of_row))
                               for field in ("p50_micros", "p99_micros"))
        lines.append((
            name, client, spread([s.calls_per_second for s in of_row], whole),
            spread([s.server_micros for s in of_row], tenths),
            tenths(statistics.median(s.redis_micros for s in of_row)), latency,
            whole(row.answer_bytes) if row.answer_bytes else "~" + whole(row.about_bytes), "0"))
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEAD))]
    return ["  ".join(cell.ljust(width) if i < 2 else cell.rjust(width)
                      for i, (cell, width) in enumerate(zip(line, widths))).rstrip() for line in lines]


def ratio_line(what, over, under, value, aim=None):
    """One line: the median of the repetitions' own ratios, for neighbours in time share the machine's mood."""
    ratios = [value(a) / value(b) for a, b in zip(over, under)]
    line = f"{what}: {spread(ratios, lambda r: f'{r:.2f}')}"
    if aim is not None:
        direction, limit = aim
        middle = statistics.median(ratios)
        reached = middle <= limit if direction == "at most" else middle >= limit
        line += f"   aim: {direction} {limit:g}, {'reached' if reached else 'NOT reached'}"
    return line


def ratios(samples, pairs):
    """`pairs`: dictionaries with what, over, under, client, value ("cpu" or "rate") and perhaps aim."""
    value = {"cpu": lambda s: s.server_micros, "rate": lambda s: s.calls_per_second}
    return [ratio_line(pair["what"], samples[pair["over"], pair["client"]], samples[pair["under"], pair["client"]],
                       value[pair["value"]], pair.get("aim")) for pair in pairs]

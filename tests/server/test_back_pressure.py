"""What does a panel get that does not read, and how much does the server keep for it?"""

from __future__ import annotations

from typing import Any

# Each run changes some 700 kB of the report; the network takes a few MB for who does not read.
NAMES = [f"a_rather_long_name_{number}" for number in range(60)]
CELLS = {f"cell-{number}": ", ".join(NAMES) for number in range(49)}
BIND = f"{' = '.join(NAMES)} = 1"
UNBIND = f"del {', '.join(NAMES)}"
ROUNDS = 20


async def test_a_panel_that_does_not_read_is_told_the_latest_and_not_all(
    start_kernel: Any, client_of: Any, open_panel: Any
) -> None:
    kernel_id = await start_kernel()
    client = await client_of(kernel_id)
    async with open_panel(kernel_id) as reading, open_panel(kernel_id) as suspended:
        for panel in (reading, suspended):
            await panel.show({"one": BIND, **CELLS})
            await panel.until_statuses(**dict.fromkeys(CELLS, "blocked"))
        for _ in range(ROUNDS):
            await client.run(BIND, "one")
            await reading.until_statuses(**dict.fromkeys(CELLS, "ready"))
            await client.run(UNBIND, "console")
            await reading.until_statuses(**dict.fromkeys(CELLS, "blocked"))
        last = await client.run(BIND, "one")
        for number in range(10):
            request = {"request_id": str(number), "targets": ["cell-0"], "mode": "cells"}
            await suspended.send({"kind": "plan", **request})

        def is_all_told(panel: Any) -> bool:
            count = last.reply["content"]["execution_count"]
            return (
                panel.kernel["state"] == "idle" and panel.cells["one"]["execution_count"] == count
            )

        await reading.until(is_all_told)
        changes, answers = 0, []
        while not (is_all_told(suspended) and len(answers) == 10):
            message = await suspended.next()
            if message["kind"] == "planned":
                answers.append(message["request_id"])
            elif message["kind"] == "report" and message["cells"]:
                changes += 1
        assert answers == [str(number) for number in range(10)]
        assert (suspended.cells, suspended.edges) == (reading.cells, reading.edges)
        assert suspended.report["summary"] == reading.report["summary"]
        assert changes < ROUNDS  # of twice as many, and one

"""Which ports do the kernels of this test process get?

jupyter_client picks ports that are free, from those that the system also gives to connections, and
the kernel binds them later: meanwhile another process may have taken one, and the kernel ends. Here
they come from a block below those, which no other test process uses at the same time.
"""

from __future__ import annotations

import socket
from itertools import cycle

from jupyter_client.connect import LocalPortCache

CONFIG = f"""
from importlib.util import module_from_spec, spec_from_file_location
spec = spec_from_file_location("kernel_ports", {__file__!r})
kernel_ports = module_from_spec(spec)
spec.loader.exec_module(kernel_ports)
kernel_ports.KernelPorts.instance()
"""
"""A configuration file for servers in processes of their own, whose Python need not have us."""

FIRST, LAST = 10_000, 32_000
"""Linux gives ports above 32,767 to connections, other systems higher ones."""

BLOCK = 500


class KernelPorts(LocalPortCache):
    """Takes the place of jupyter_client's own choice, once `KernelPorts.instance()` was called."""

    def __init__(self) -> None:
        super().__init__()
        start = next(it for it in range(FIRST, LAST, BLOCK) if self._claims(it))
        self._ports = cycle(range(start + 1, start + BLOCK))

    def find_available_port(self, ip: str) -> int:
        """The next port of the block that is free, and that no kernel has."""
        while True:
            port = next(self._ports)
            if port in self.currently_used_ports:
                continue
            with socket.socket() as free:
                try:
                    free.bind((ip, port))
                except OSError:
                    continue
            self.currently_used_ports.add(port)
            return port

    def close(self) -> None:
        """Gives the block back."""
        self._claim.close()

    def _claims(self, start: int) -> bool:
        """Claims a block, until this process ends, by binding its first port."""
        claim = socket.socket()
        try:
            claim.bind(("127.0.0.1", start))
        except OSError:
            claim.close()
            return False
        self._claim = claim
        return True

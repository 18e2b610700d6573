"""Kernels that start warm: real ones, in a process each, that have imported IPython and matplotlib when they begin."""

from __future__ import annotations

import os
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner

from tests import warm


class WarmProvisioner(LocalProvisioner):
    """Starts a kernel as the kernel's specification says, but warm."""

    async def launch_kernel(self, cmd: list[str], **settings: Any) -> dict[str, Any]:
        """Start the module that the command line names."""
        silent = os.open(os.devnull, os.O_WRONLY)
        module = cmd[cmd.index("-m") :]
        self.process = warm.start("kernel", *module, cwd=settings["cwd"], env=settings["env"], output=(silent, silent))
        os.close(silent)
        self.pid = self.process.pid
        return self.connection_info


class WarmKernelManager(AsyncKernelManager):
    """Manages a kernel that starts warm."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.provisioner = WarmProvisioner(kernel_id="", kernel_spec=self.kernel_spec, parent=self)

"""onnxruntime tells its makers of what runs by it, from 1.29 on, unless it is told not to.

On its import it writes an identity of the machine into the user's cache and a file into the folder
for temporary files, and each session is reported by its model's name. Nothing of that is wanted.
"""

import os

_SWITCH = "ORT_DISABLE_TELEMETRY"


def switch_telemetry_off() -> None:
    """Keep onnxruntime quiet: to be called before it is imported, which is when it begins."""
    os.putenv(_SWITCH, "1")

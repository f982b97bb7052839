"""How an account stands: what the doctor asks a publisher."""

from __future__ import annotations

from pipeline.model import Network, Value


class Standing(Value):
    """An account that its login opens. `lacks` names a right that posting needs and that was not granted."""

    network: Network
    name: str = ""  # as the network says it; "" where the login may not ask
    lacks: str = ""

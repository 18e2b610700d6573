"""Read replies: bytes that a submission's process sent go in, a trace that its script can have comes out, or a fault.

Nothing is looked at, compared or put into words before it has passed here.
"""

from __future__ import annotations

import msgspec

from autograder.array import unpack
from autograder.script import Returns, Script
from autograder.trace import MAX_TEXT, Arrays, Fault, Loading, Malformed, Returned, Trace, Unreached

DECODE_LOADING = msgspec.msgpack.Decoder(Loading).decode
DECODE_TRACE = msgspec.msgpack.Decoder(Trace).decode


def read_loading(reply: bytes) -> Loading | Fault:
    """Decode what came back for a file."""
    try:
        loading: Loading = DECODE_LOADING(reply)
    except (ValueError, RecursionError) as error:  # msgspec's own errors are ValueErrors, bad text is one too
        return Fault("protocol", str(error)[:MAX_TEXT])
    return loading


def read_trace(reply: bytes, script: Script) -> Trace | Fault:
    """Decode a reply, and make sure that it is one that this script can have."""
    try:
        trace = DECODE_TRACE(reply)
        if len(trace.outcomes) != len(script.calls):
            raise ValueError(f"{len(trace.outcomes)} outcomes for {len(script.calls)} calls")
        for number, outcome in enumerate(trace.outcomes):
            if isinstance(outcome, Returned):
                _check_outputs(outcome, script.calls[number].returns)
            elif isinstance(outcome, Unreached) and not 0 <= outcome.needs < number:
                raise ValueError(f"call {number} waits for call {outcome.needs}")
    except (ValueError, RecursionError) as error:
        return Fault("protocol", str(error)[:MAX_TEXT])
    return trace


def _check_outputs(outcome: Returned, returns: Returns) -> None:
    kinds = {name: part.kind for part in returns.parts for name in part.names()}
    if outcome.outputs.keys() != kinds.keys():
        raise ValueError(f"outputs {sorted(outcome.outputs)} instead of {sorted(kinds)}")
    for name, received in outcome.outputs.items():
        if isinstance(received, Malformed):
            continue
        if isinstance(received, Arrays) != (kinds[name] == "list"):
            raise ValueError(f"{name} is of the wrong kind")
        for array in received.items if isinstance(received, Arrays) else (received,):
            unpack(array)

"""Makes processes and shared memory by multiprocessing and concurrent.futures."""

import multiprocessing
import multiprocessing.shared_memory


def attack():
    for way in ("fork", "spawn", "forkserver"):
        try:
            process = multiprocessing.get_context(way).Process(target=int)
            process.start()
            process.join(2)
            return f"{way} made a process"
        except (OSError, RuntimeError, AttributeError, ValueError):
            continue
    try:
        block = multiprocessing.shared_memory.SharedMemory(create=True, size=64)
        block.close()
        block.unlink()
        return "shared memory was made"
    except OSError:
        return None

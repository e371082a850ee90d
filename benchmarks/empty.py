"""Routes that do nothing, served as `travelban serve` serves: what a request costs by itself."""

import socket
import sys

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

app = FastAPI()


@app.get("/plain")
def plain() -> dict[str, str]:
    """Do nothing, on a thread of the pool."""
    return {}


@app.get("/async")
async def on_the_loop() -> dict[str, str]:
    """Do nothing, on the event loop."""
    return {}


def main(workers: int) -> None:
    """Serve in so many processes over one socket, as `travelban serve --workers` does."""
    # Named as TCP, so that the event loop sends small answers at once (TCP_NODELAY).
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    print(f"Serving on http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    config = uvicorn.Config(
        "benchmarks.empty:app", workers=workers, log_level="warning", access_log=False
    )
    if workers == 1:
        uvicorn.Server(config).run(sockets=[listener])
    else:
        Multiprocess(config, [listener]).run()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)

"""One rank of a test of HCCL: collectives of every kind and type against their definition.

    RANK=r WORLD_SIZE=n MASTER_ADDR=127.0.0.1 MASTER_PORT=p with-simulated-cann --devices n -- python collectives.py
"""
import os
import sys
import time
from datetime import timedelta

import torch
import torch.distributed as dist
import torch_npu

rank, size = int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"])


def value(r, dtype, count=10):
    return (torch.arange(count) % 3 + r + 1).to(dtype)


def expect(name, found, wanted):
    if not torch.equal(found.cpu(), wanted):
        sys.exit(f"rank {rank}: {name}: expected {wanted.flatten()[:4]}, found {found.cpu().flatten()[:4]}")


def all_kinds():
    types = [torch.float32, torch.float16, torch.bfloat16, torch.int32, torch.int64, torch.int8]
    for dtype in types:
        everyone = torch.stack([value(r, dtype) for r in range(size)])
        for op, wanted in ((dist.ReduceOp.SUM, everyone.sum(0)), (dist.ReduceOp.MAX, everyone.amax(0)),
                           (dist.ReduceOp.MIN, everyone.amin(0)), (dist.ReduceOp.PRODUCT, everyone.prod(0))):
            x = value(rank, dtype).npu()
            dist.all_reduce(x, op)
            expect(f"all_reduce {op} {dtype}", x, wanted.to(dtype))
        x = value(rank, dtype).npu()
        dist.broadcast(x, size - 1)
        expect(f"broadcast {dtype}", x, value(size - 1, dtype))
        gathered = torch.empty(size * 10, dtype=dtype).npu()
        dist.all_gather_into_tensor(gathered, value(rank, dtype).npu())
        expect(f"all_gather {dtype}", gathered, everyone.flatten())
        scattered = torch.empty(4, dtype=dtype).npu()
        dist.reduce_scatter_tensor(scattered, value(rank, dtype, 4 * size).npu())
        total = torch.stack([value(r, dtype, 4 * size) for r in range(size)]).sum(0).to(dtype)
        expect(f"reduce_scatter {dtype}", scattered, total[4 * rank:4 * rank + 4])
    x = torch.full((7,), float(rank)).npu()
    if rank == 0:
        dist.send(x + 5, 1)
        dist.recv(x, 1)
        expect("recv", x, torch.full((7,), 2.0))
    elif rank == 1:
        dist.recv(x, 0)
        expect("recv", x, torch.full((7,), 5.0))
        dist.send(torch.full((7,), 2.0).npu(), 0)
    dist.barrier()
    large = torch.arange(3 << 20, dtype=torch.float32) % 1000  # 12 MiB: three pieces
    x = (large * (rank + 1)).npu()
    dist.all_reduce(x)
    expect("large all_reduce", x, large * (size * (size + 1) // 2))


def ordered():
    """A collective must use the results of earlier launches, and later launches must use the collective's result."""
    x = torch.zeros(1000).npu()
    for step in range(5):
        x = x + 1
        dist.all_reduce(x)
        x = x / size
    expect("order", x, torch.full((1000,), 5.0))
    start = time.perf_counter()
    work = dist.all_reduce(torch.ones(4).npu(), async_op=True)
    print("returned", time.perf_counter() - start)
    work.wait()
    torch.npu.synchronize()


def many():
    for _ in range(int(os.environ.get("STEPS", 20))):
        x = torch.ones(1000).npu()
        dist.all_reduce(x)
        torch.npu.synchronize()


def captured():
    """A collective between two operators, in a graph; the first of a communicator is eager, as HCCL asks for."""
    x = torch.zeros(1000).npu()
    dist.all_reduce(x)
    graph = torch.npu.NPUGraph()
    with torch.npu.graph(graph):
        y = x * 2
        dist.all_reduce(y)
        z = y + 1
    for step in range(4):
        x.fill_(step * (rank + 1))
        graph.replay()
        expect(f"replay {step}", z, torch.full((1000,), step * size * (size + 1) + 1.0))


def main():
    torch.npu.set_device(rank)
    dist.init_process_group("hccl", timeout=timedelta(seconds=int(os.environ.get("TIMEOUT", 60))))
    {"all_kinds": all_kinds, "ordered": ordered, "many": many, "captured": captured}[sys.argv[1]]()
    dist.destroy_process_group()
    print("done")


if __name__ == "__main__":
    main()

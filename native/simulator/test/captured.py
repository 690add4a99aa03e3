"""torch_npu's graphs beside the same work done eagerly: prints {what: True where all results are equal bit for bit}.

    with-simulated-cann -- VENV/bin/python captured.py WHAT...
"""
import argparse
import copy
import ctypes
import json

import torch
import torch.nn.functional as F
import torch_npu
from torch import nn

STEPS = 5
library = ctypes.CDLL("libascendcl.so")


def network(dropout=0.0):
    torch.manual_seed(1)
    return nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
                         nn.Dropout(dropout), nn.Linear(8 * 8 * 8, 10)).npu()


def batches(count=STEPS, seed=2):
    generator = torch.Generator().manual_seed(seed)
    return [(torch.randn(4, 3, 16, 16, generator=generator).npu(),
             torch.randint(0, 10, (4,), generator=generator).npu()) for _ in range(count)]


def equal(left, right):
    return len(left) == len(right) and all(torch.equal(a.cpu(), b.cpu()) for a, b in zip(left, right))


def state(net):
    return [p.detach() for p in (*net.parameters(), *net.buffers())]


def counters():
    buffer = ctypes.create_string_buffer(1 << 20)
    library.simGetCounters(buffer, len(buffer))
    return json.loads(buffer.value)


def on_side_stream(function):
    side = torch.npu.Stream()
    side.wait_stream(torch.npu.current_stream())
    with torch.npu.stream(side):
        function()
    torch.npu.current_stream().wait_stream(side)


def inference():
    """Replays on changed inputs, on the stream of the capture and on others."""
    net = network().eval()
    inputs = torch.zeros(4, 3, 16, 16).npu()
    graph = torch.npu.NPUGraph()
    with torch.no_grad():
        on_side_stream(lambda: net(inputs))
        with torch.npu.graph(graph):
            outputs = net(inputs)
        same = []
        for step, (images, _) in enumerate(batches()):
            expected = net(images)
            with torch.npu.stream(torch.npu.Stream() if step % 2 else torch.npu.current_stream()):
                torch.npu.current_stream().wait_stream(torch.npu.default_stream())
                inputs.copy_(images)
                graph.replay()
                torch.npu.current_stream().synchronize()
            same.append(torch.equal(outputs.cpu(), expected.cpu()))
    return all(same)


def callables():
    """make_graphed_callables of a part of a network, forward and backward, beside the part itself."""
    net = network()
    part = nn.Sequential(*list(net)[:3])
    twin = copy.deepcopy(part)
    sample = torch.randn(4, 3, 16, 16).npu().requires_grad_()
    before = copy.deepcopy(part.state_dict())
    graphed = torch.npu.make_graphed_callables(part, (sample,))
    part.load_state_dict(before)
    same = []
    for images, _ in batches(3):
        found = []
        for function in (graphed, twin):
            images = images.detach().clone().requires_grad_()
            output = function(images)
            gradients = torch.autograd.grad(output.square().sum(), [images, *function.parameters()])
            found.append([output.detach().clone(), *(g.clone() for g in gradients)])
        same.append(equal(*found))
    return all(same) and equal(state(part), state(twin))


def train(net, data, capture, warm_up=3, **settings):
    """Losses of SGD with momentum; all steps but the first are replays where CAPTURE is asked for."""
    optimizer = torch.optim.SGD(net.parameters(), 0.05, 0.9, weight_decay=5e-4, **settings)
    images, labels = data[0][0].clone(), data[0][1].clone()

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(net(images), labels)
        loss.backward()
        optimizer.step()
        return loss

    def warmed():
        for _ in range(warm_up):
            step()

    on_side_stream(warmed)
    losses = []
    graph = torch.npu.NPUGraph()
    if capture:
        with torch.npu.graph(graph):
            loss = step()
    before = counters()
    for next_images, next_labels in data:
        images.copy_(next_images)
        labels.copy_(next_labels)
        if capture:
            graph.replay()
        else:
            loss = step()
        losses.append(loss.detach().clone())
    torch.npu.synchronize()
    return losses, {name: counters()[name] - before[name] for name in ("graph_launches", "graphed_launches")}


def compared(**settings):
    """Whether a captured training equals an eager one, and how much of it ran in graphs."""
    results = []
    for capture in (False, True):
        net = network(settings.get("dropout", 0.0))
        torch.manual_seed(3)
        torch.npu.manual_seed(3)
        options = {k: v for k, v in settings.items() if k != "dropout"}
        losses, counts = train(net, batches(), capture, **options)
        results.append((losses, state(net), counts))
    (eager, eager_state, eager_counts), (captured, captured_state, counts) = results
    assert eager_counts == {"graph_launches": 0, "graphed_launches": 0}, eager_counts
    assert counts["graph_launches"] == STEPS and counts["graphed_launches"] % STEPS == 0, counts
    assert counts["graphed_launches"] > 20 * STEPS, counts
    assert len({loss.item() for loss in captured}) == STEPS, captured
    return equal(eager, captured) and equal(eager_state, captured_state)


def random():
    """Replays draw the numbers of eager calls from the same state of the generator, and go on from there."""
    tensors = [torch.empty(50).npu() for _ in range(3)]
    weights = torch.arange(1., 6.).npu()
    chosen = torch.empty(8, dtype=torch.int64).npu()

    def draw():
        tensors[0].uniform_(-1, 1)
        tensors[1].normal_(2, 3)
        tensors[2].random_(0, 100)
        torch.multinomial(weights, 8, replacement=True, out=chosen)

    draw()
    graph = torch.npu.NPUGraph()
    with torch.npu.graph(graph):
        draw()
    results = []
    for function in (draw, graph.replay):
        torch.npu.manual_seed(5)
        results.append([])
        for _ in range(3):
            function()
            torch.npu.synchronize()
            results[-1].extend(each.cpu() for each in (*tensors, chosen))
    first, second = results[0][:4], results[0][4:8]
    return equal(*results) and not any(torch.equal(a, b) for a, b in zip(first, second))


WHAT = {
    "inference": inference,
    "callables": callables,
    "random": random,
    "training": lambda: compared(foreach=False),
    "training-foreach": lambda: compared(foreach=True),
    "training-dropout": lambda: compared(dropout=0.5),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="+", choices=WHAT)
    torch_npu.npu.config.allow_internal_format = False
    torch_npu.npu.set_compile_mode(jit_compile=False)
    torch.npu.set_device(0)
    print(json.dumps({what: WHAT[what]() for what in parser.parse_args().what}))


if __name__ == "__main__":
    main()

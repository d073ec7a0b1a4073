"""Measures PyTorch and the peak of matrix multiplication. Started by bench/pytorch.ts with a request as its argument;
prints one JSON object: the speed at the workloads of the request, or without any the peak."""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

try:
    import torch
except ImportError:
    torch = None
try:
    import numpy
except ImportError:
    numpy = None

PEAK_SIZES = (512, 1024, 2048)
PILOT_STEPS = 2
# Shares of the best speed so far, below which no variant is tried any more, and below which none is measured in full.
HOPELESS = 0.5
CLOSE = 0.9

pool = ThreadPoolExecutor()


def median(values):
    return sorted(values)[len(values) // 2]


def seconds_of(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def timed(work, seconds):
    """Times of as many calls as fit, two at least; one more before them warms up."""
    work()
    end = time.perf_counter() + seconds
    times = []
    while len(times) < PILOT_STEPS or time.perf_counter() < end:
        times.append(seconds_of(work))
    return times


def peak(seconds):
    """GF/s of the fastest large product, over sizes and libraries."""
    return max(
        2 * size**3 / min(timed(product, seconds / len(PEAK_SIZES))) / 1e9
        for size in PEAK_SIZES
        for product in products(size)
    )


def products(size):
    """Square products in single precision, by each library there is."""
    if torch:
        a, b, c = (torch.randn(size, size) for _ in range(3))
        yield lambda: torch.mm(a, b, out=c)
    if numpy:
        d, e = (numpy.random.rand(size, size).astype(numpy.float32) for _ in range(2))
        f = numpy.empty_like(d)
        yield lambda: numpy.dot(d, e, out=f)


def training_step(workload, shards, time_major, one_hot, adam):
    """
    The whole step as one function: look-up, LSTM, output layer, cross-entropy, backward, clip, Adam. With several shards
    the batch is split over as many threads, each with its own gradients of the same parameters.
    """
    V, H, L = workload["vocabulary"], workload["hidden"], workload["layers"]
    B, T = workload["batch"], workload["steps"]
    models = [
        torch.nn.ModuleList([torch.nn.LSTM(V, H, L, batch_first=not time_major), torch.nn.Linear(H, V)])
        for _ in range(shards)
    ]
    parameters = list(models[0].parameters())
    for model in models[1:]:
        for mine, shared in zip(model.parameters(), parameters):
            mine.data = shared.data
    optimizer = torch.optim.Adam(parameters, lr=2e-3, betas=(0.9, 0.99), **adam)
    symbols = torch.randint(V, (T, B) if time_major else (B, T))
    inputs = [part.contiguous() for part in symbols.chunk(shards, dim=1 if time_major else 0)]
    identity = torch.eye(V)

    def backpropagate(model, part):
        lstm, output = model
        if one_hot:
            x = torch.nn.functional.one_hot(part, V).float()
        else:
            x = torch.nn.functional.embedding(part, identity)
        targets = ((7 * part + 1) % V).reshape(-1)
        model.zero_grad()
        logits = output(lstm(x)[0]).reshape(-1, V)
        (torch.nn.functional.cross_entropy(logits, targets) / shards).backward()

    def step():
        if shards == 1:
            backpropagate(models[0], inputs[0])
        else:
            list(pool.map(backpropagate, models, inputs))
            for model in models[1:]:
                for mine, shared in zip(model.parameters(), parameters):
                    shared.grad.add_(mine.grad)
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()

    return step


CHOICES = {
    "time_major": {"batch first": False, "time major": True},
    "one_hot": {"look-up": False, "one-hot": True},
    "adam": {"Adam": {}, "Adam foreach": {"foreach": True}, "Adam fused": {"fused": True}},
}


def characters_per_second(workload, shards, variant, seconds):
    """Median speed of a variant, or nothing where this version of PyTorch lacks it."""
    options = {option: CHOICES[option][name] for option, name in variant.items()}
    try:
        times = timed(training_step(workload, shards, **options), seconds)
    except (TypeError, RuntimeError):
        return 0.0
    return workload["batch"] * workload["steps"] / median(times)


def fastest(workload, shards, seconds):
    """Tries one choice after the other for a few steps, then measures the best variant, if it may win."""
    best = {option: next(iter(names)) for option, names in CHOICES.items()}
    speed = characters_per_second(workload, shards, best, 0)
    if speed < HOPELESS * workload["bestSoFar"]:
        return []
    for option, names in CHOICES.items():
        for name in list(names)[1:]:
            other = {**best, option: name}
            other_speed = characters_per_second(workload, shards, other, 0)
            if other_speed > speed:
                best, speed = other, other_speed
    if speed < CLOSE * workload["bestSoFar"]:
        return []
    speed = characters_per_second(workload, shards, best, seconds)
    return [{"name": workload["name"], "charactersPerSecond": speed, "variant": ", ".join(best.values())}]


def main():
    request = json.loads(sys.argv[1])
    report = {"torch": torch.__version__ if torch else None, "workloads": []}
    if not request["workloads"] and (torch or numpy):
        report["peak"] = peak(request["seconds"])
    if torch:
        for workload in request["workloads"]:
            report["workloads"] += fastest(workload, request["shards"], request["seconds"])
    print(json.dumps(report))


main()

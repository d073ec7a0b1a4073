"""Measures PyTorch and the peak of matrix multiplication. Started by bench/pytorch.ts with a request as its argument;
prints one JSON object: the speed at the workloads of the request, or without any the peak."""

import json
import sys
import time

try:
    import torch
except ImportError:
    torch = None
try:
    import numpy
except ImportError:
    numpy = None

PEAK_SIZE = 2048
PILOT_STEPS = 2


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
    """GF/s of the fastest large product, by whichever of the libraries has the better one."""
    products = []
    if torch:
        a, b, c = (torch.randn(PEAK_SIZE, PEAK_SIZE) for _ in range(3))
        products.append(lambda: torch.mm(a, b, out=c))
    if numpy:
        d, e = (numpy.random.rand(PEAK_SIZE, PEAK_SIZE).astype(numpy.float32) for _ in range(2))
        f = numpy.empty_like(d)
        products.append(lambda: numpy.dot(d, e, out=f))
    best = min(min(timed(product, seconds)) for product in products)
    return 2 * PEAK_SIZE**3 / best / 1e9


def training_step(workload, time_major, one_hot, adam):
    """The whole step as one function: look-up, LSTM, output layer, cross-entropy, backward, clip, Adam."""
    V, H, L = workload["vocabulary"], workload["hidden"], workload["layers"]
    B, T = workload["batch"], workload["steps"]
    lstm = torch.nn.LSTM(V, H, L, batch_first=not time_major)
    output = torch.nn.Linear(H, V)
    parameters = [*lstm.parameters(), *output.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=2e-3, betas=(0.9, 0.99), **adam)
    inputs = torch.randint(V, (T, B) if time_major else (B, T))
    targets = ((7 * inputs + 1) % V).reshape(-1)
    identity = torch.eye(V)

    def step():
        if one_hot:
            x = torch.nn.functional.one_hot(inputs, V).float()
        else:
            x = torch.nn.functional.embedding(inputs, identity)
        optimizer.zero_grad()
        logits = output(lstm(x)[0]).reshape(-1, V)
        torch.nn.functional.cross_entropy(logits, targets).backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()

    return step


CHOICES = {
    "time_major": {"batch first": False, "time major": True},
    "one_hot": {"look-up": False, "one-hot": True},
    "adam": {"Adam": {}, "Adam foreach": {"foreach": True}, "Adam fused": {"fused": True}},
}


def characters_per_second(workload, variant, seconds):
    """Median speed of a variant, or nothing where this version of PyTorch lacks it."""
    options = {option: CHOICES[option][name] for option, name in variant.items()}
    try:
        times = timed(training_step(workload, **options), seconds)
    except (TypeError, RuntimeError):
        return 0.0
    return workload["batch"] * workload["steps"] / median(times)


def fastest(workload, seconds):
    """Tries one choice after the other for a few steps, then measures the best variant; gives up where all are slow."""
    best = {option: next(iter(names)) for option, names in CHOICES.items()}
    speed = characters_per_second(workload, best, 0)
    if speed < workload["giveUpBelow"]:
        return []
    for option, names in CHOICES.items():
        for name in list(names)[1:]:
            other = {**best, option: name}
            other_speed = characters_per_second(workload, other, 0)
            if other_speed > speed:
                best, speed = other, other_speed
    speed = characters_per_second(workload, best, seconds)
    return [{"name": workload["name"], "charactersPerSecond": speed, "variant": ", ".join(best.values())}]


def main():
    request = json.loads(sys.argv[1])
    report = {"torch": torch.__version__ if torch else None, "workloads": []}
    if torch:
        torch.set_num_threads(request["threads"])
    if not request["workloads"] and (torch or numpy):
        report["peak"] = peak(request["seconds"])
    if torch:
        for workload in request["workloads"]:
            report["workloads"] += fastest(workload, request["seconds"])
    print(json.dumps(report))


main()

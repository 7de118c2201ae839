#!/usr/bin/python3
"""What PyTorch 1.13 gives for every layer, optimiser and schedule: prints data/torch_reference.json.

Debian: apt-get install python3-torch; /usr/bin/python3 tests/unit/networks/torch_reference.py > tests/unit/networks/data/torch_reference.json
"""

import json

import torch
from torch import nn

torch.manual_seed(1)
ROWS = 3


def numbers(tensor):
    return [float(f"{v:.7g}") for v in tensor.detach().flatten().tolist()]


def part(name, **params):
    return {"layer": name, "id": 0, "params": params, "chains": []}


def disturbed(module):
    """Weights that are not 0 or 1, so that each of them counts."""
    with torch.no_grad():
        for name, tensor in module.state_dict().items():
            if "norm" in name or "running" in name or isinstance(module, (nn.BatchNorm2d, nn.GroupNorm, nn.LayerNorm)):
                if tensor.dim() > 0 and tensor.is_floating_point():
                    tensor.add_(torch.rand_like(tensor) * 0.5)
    return module.eval()


def example(name, shape, layers, module, forward=None, renamed=lambda name: "then.0." + name, levels=None, kind=None):
    """Cells come in and go out by row, column, channel."""
    disturbed(module)
    if kind == "tokens":
        x = torch.randint(0, shape[1], (ROWS, shape[0]))
    elif kind == "codes":
        x = torch.stack([torch.randint(0, count + 1, (ROWS,)) for count in levels], 1)
    else:
        kind = {1: "numbers", 2: "sequence", 3: "image"}[len(shape)]
        x = torch.randn(ROWS, *shape)
    given = x.permute(0, 3, 1, 2) if kind == "image" else x
    y = (forward or module)(given)
    y = y.permute(0, 2, 3, 1) if y.dim() == 4 else y
    weights = {
        renamed(key): {"shape": list(value.shape), "values": numbers(value)}
        for key, value in module.state_dict().items()
        if "num_batches" not in key
    }
    return {
        "name": name,
        "kind": kind,
        "extents": list(shape),
        "levels": levels or [],
        "layers": layers,
        "weights": weights,
        "x": x.flatten().tolist() if not x.is_floating_point() else numbers(x),
        "y": numbers(y.reshape(ROWS, -1)),
    }


def sequence_of(module):
    """A module of N × channels × steps, on N × steps × channels."""
    return lambda x: module(x.transpose(1, 2)).transpose(1, 2)


class Separable(nn.Module):
    def __init__(self):
        super().__init__()
        self.depthwise = nn.Conv2d(3, 3, 3, padding=1, groups=3, bias=False)
        self.pointwise = nn.Conv2d(3, 4, 1)

    def forward(self, x):
        return self.pointwise(self.depthwise(x))


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 5, 3, stride=2, padding=1)
        self.shortcut = nn.Conv2d(3, 5, 1, stride=2, bias=False)

    def forward(self, x):
        return self.conv(x) + self.shortcut(x)


class Parallel(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 2, 3, padding=1)
        self.b = nn.Conv2d(3, 3, 1)

    def forward(self, x):
        return torch.cat([self.a(x), self.b(x)], 1)


def layers():
    image, sequence = (5, 6, 3), (7, 4)
    conv = dict(stride=1, padding="same", dilation=1, groups=1, bias=True)
    yield example("dense", (4,), [part("dense", units=3)], nn.Linear(4, 3))
    yield example("dense on a sequence", sequence, [part("dense", units=3)], nn.Linear(4, 3))
    yield example("conv", image, [part("conv", **{**conv, "channels": 4, "kernel": 3})], nn.Conv2d(3, 4, 3, padding=1))
    yield example("conv, an even kernel", image, [part("conv", **{**conv, "channels": 4, "kernel": 4})], nn.Conv2d(3, 4, 4, padding="same"))
    yield example("conv, stride", image, [part("conv", **{**conv, "channels": 4, "kernel": 3, "stride": 2})],
                  nn.Conv2d(3, 4, 3, padding=1, stride=2))
    yield example("conv, valid and dilated", image, [part("conv", **{**conv, "channels": 4, "kernel": 2, "padding": "valid", "dilation": 2})],
                  nn.Conv2d(3, 4, 2, dilation=2))
    yield example("conv, groups without bias", image, [part("conv", **{**conv, "channels": 6, "kernel": 3, "groups": 3, "bias": False})],
                  nn.Conv2d(3, 6, 3, padding=1, groups=3, bias=False))
    module = nn.Conv1d(4, 5, 3, padding=1)
    yield example("conv on a sequence", sequence, [part("conv", **{**conv, "channels": 5, "kernel": 3})], module, sequence_of(module))
    yield example("depthwise_conv", image, [part("depthwise_conv", kernel=3, stride=1, padding="same", multiplier=2)],
                  nn.Conv2d(3, 6, 3, padding=1, groups=3))
    yield example("separable_conv", image, [part("separable_conv", channels=4, kernel=3, stride=1, padding="same")], Separable())
    yield example("max_pool", image, [part("max_pool", size=2, stride=None)], nn.MaxPool2d(2))
    module = nn.MaxPool1d(3, 2)
    yield example("max_pool on a sequence", sequence, [part("max_pool", size=3, stride=2)], module, sequence_of(module))
    yield example("average_pool", image, [part("average_pool", size=3, stride=1)], nn.AvgPool2d(3, 1))
    yield example("global_max_pool", image, [part("global_max_pool")], nn.Sequential(nn.AdaptiveMaxPool2d(1), nn.Flatten()))
    yield example("global_average_pool", image, [part("global_average_pool")], nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()))
    yield example("batch_norm", image, [part("batch_norm", momentum=0.1, epsilon=1e-5)], nn.BatchNorm2d(3))
    yield example("layer_norm", (6,), [part("layer_norm", epsilon=1e-5)], nn.LayerNorm(6))
    yield example("layer_norm on a sequence", sequence, [part("layer_norm", epsilon=1e-5)], nn.LayerNorm(4))
    yield example("group_norm", (4, 3, 6), [part("group_norm", groups=3, epsilon=1e-5)], nn.GroupNorm(3, 6))
    for name, module in (("relu", nn.ReLU()), ("selu", nn.SELU()), ("gelu", nn.GELU()), ("silu", nn.SiLU()), ("tanh", nn.Tanh()),
                         ("sigmoid", nn.Sigmoid()), ("softplus", nn.Softplus())):
        yield example(name, (6,), [part(name)], module)
    yield example("leaky_relu", (6,), [part("leaky_relu", slope=0.2)], nn.LeakyReLU(0.2))
    yield example("elu", (6,), [part("elu", alpha=0.7)], nn.ELU(0.7))
    yield example("dropout when it predicts", (6,), [part("dropout", rate=0.5)], nn.Dropout(0.5))
    yield example("rescale", (6,), [part("rescale", by=0.5, offset=-1.0)], nn.Identity(), lambda x: x * 0.5 - 1)
    yield example("embedding of words", (5, 9), [part("embedding", size=3), part("flatten")], nn.Embedding(9, 3, padding_idx=0), kind="tokens")
    table = nn.Embedding(4 + 3, 2)
    yield example("embedding of categories", (2,), [part("embedding", size=2)], table,
                  lambda x: table(x + torch.tensor([0, 4])).reshape(ROWS, -1), levels=[3, 2], kind="codes")
    recurrent = dict(layers=2, bidirectional=True, units=3)
    module = nn.LSTM(4, 3, 2, bidirectional=True, batch_first=True)
    yield example("lstm, all", sequence, [part("lstm", **recurrent, gives="all")], module, lambda x, m=module: m(x)[0])
    module = nn.LSTM(4, 3, batch_first=True)
    yield example("lstm", sequence, [part("lstm", layers=1, bidirectional=False, units=3, gives="last")], module, lambda x, m=module: m(x)[0][:, -1])
    module = nn.GRU(4, 3, 2, bidirectional=True, batch_first=True)
    yield example("gru", sequence, [part("gru", **recurrent, gives="last")], module, lambda x, m=module: torch.cat([m(x)[1][2], m(x)[1][3]], 1))
    yield example("attention", sequence, [part("attention", heads=2, dropout=0.1, feed_forward=None)],
                  nn.TransformerEncoderLayer(4, 2, 16, activation="gelu", batch_first=True, norm_first=True))
    chained = part("residual", shortcut="projection")
    chained["chains"] = [[part("conv", **{**conv, "channels": 5, "kernel": 3, "stride": 2})]]
    yield example("residual", image, [chained], Residual(),
                  renamed=lambda name: "then.0.shortcut.weight" if "shortcut" in name else name.replace("conv", "then.0.0"))
    side = part("parallel")
    side["chains"] = [[part("conv", **{**conv, "channels": 2, "kernel": 3})], [part("conv", **{**conv, "channels": 3, "kernel": 1})]]
    yield example("parallel", image, [side], Parallel(), renamed=lambda name: name.replace("a.", "then.0.0.0.").replace("b.", "then.0.1.0."))


def updates():
    adam = dict(lr=0.01, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1)
    named = dict(rate=0.01, beta1=0.8, beta2=0.95, epsilon=1e-6, weight_decay=0.1)
    options = [
        ("sgd", dict(rate=0.1, momentum=0.0, nesterov=False, weight_decay=0.1), lambda p: torch.optim.SGD(p, 0.1, weight_decay=0.1)),
        ("sgd", dict(rate=0.1, momentum=0.9, nesterov=False, weight_decay=0.1), lambda p: torch.optim.SGD(p, 0.1, 0.9, weight_decay=0.1)),
        ("sgd", dict(rate=0.1, momentum=0.9, nesterov=True, weight_decay=0.0), lambda p: torch.optim.SGD(p, 0.1, 0.9, nesterov=True)),
        ("adam", dict(named, amsgrad=False), lambda p: torch.optim.Adam(p, **adam)),
        ("adam", dict(named, amsgrad=True), lambda p: torch.optim.Adam(p, **adam, amsgrad=True)),
        ("adamw", dict(named, amsgrad=False), lambda p: torch.optim.AdamW(p, **adam)),
        ("rmsprop", dict(rate=0.01, alpha=0.9, momentum=0.0, epsilon=1e-6, weight_decay=0.1),
         lambda p: torch.optim.RMSprop(p, 0.01, 0.9, 1e-6, 0.1)),
        ("rmsprop", dict(rate=0.01, alpha=0.9, momentum=0.5, epsilon=1e-6, weight_decay=0.0),
         lambda p: torch.optim.RMSprop(p, 0.01, 0.9, 1e-6, 0, 0.5)),
    ]
    for name, params, make in options:
        weight = torch.randn(5, requires_grad=True)
        first, gradients, after = numbers(weight), [], []
        optimiser = make([weight])
        for step in range(4):
            weight.grad = torch.randn(5) * (3 - step)
            gradients.append(numbers(weight.grad))
            optimiser.step()
            after.append(numbers(weight))
        yield {"part": name, "params": params, "weight": first, "gradients": gradients, "after": after}


def schedules():
    """Factors of the rate, batch by batch: 4 epochs of 5 batches."""
    epochs, batches = 4, 5

    def stepped(name, params, make, by_batch):
        optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], 1.0)
        schedule = make(optimiser)
        factors = []
        for _ in range(epochs):
            for _ in range(batches):
                factors.append(optimiser.param_groups[0]["lr"])
                optimiser.step()
                if by_batch:
                    schedule.step()
            if not by_batch:
                schedule.step()
        return {"part": name, "params": dict(params, warmup=0), "epochs": epochs, "batches": batches, "factors": factors}

    lr = torch.optim.lr_scheduler
    yield stepped("step", dict(every=2, factor=0.3), lambda o: lr.StepLR(o, 2, 0.3), False)
    yield stepped("exponential", dict(factor=0.7), lambda o: lr.ExponentialLR(o, 0.7), False)
    yield stepped("cosine", dict(over=None, floor=0.1), lambda o: lr.CosineAnnealingLR(o, epochs * batches, 0.1), True)
    yield stepped("one_cycle", dict(over=None, peak_at=0.3), lambda o: lr.OneCycleLR(o, 1.0, epochs * batches, cycle_momentum=False), True)


def plateau():
    losses = [1.0, 0.9, 0.95, 0.91, 0.92, 0.89, 0.9, 0.9, 0.9, 0.9, 0.5]
    optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], 1.0)
    schedule = torch.optim.lr_scheduler.ReduceLROnPlateau(optimiser, factor=0.5, patience=2)
    factors = []
    for loss in losses:
        schedule.step(loss)
        factors.append(optimiser.param_groups[0]["lr"])
    return {"losses": losses, "factors": factors}


reference = {"layers": list(layers()), "updates": list(updates()), "schedules": list(schedules()), "plateau": [plateau()]}
lists = ("\"" + name + "\": [\n" + ",\n".join(json.dumps(entry) for entry in entries) + "\n]" for name, entries in reference.items())
print("{" + ",\n".join(lists) + "}")

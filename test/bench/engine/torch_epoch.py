"""The same models in PyTorch, one epoch at a time: reads requests as JSON lines, answers each with its seconds.
Started by bench.mjs; PyTorch at its best is given the time-major layout and no per-batch copies."""
import json
import sys
import time
import torch
from torch import nn


class Model(nn.Module):
    def __init__(self, shape):
        super().__init__()
        widths = [shape["features"], *(layer["units"] for layer in shape["layers"])]
        self.layers = nn.ModuleList(nn.GRU(a, b, batch_first=True) for a, b in zip(widths, widths[1:]))
        self.dropouts = nn.ModuleList(nn.Dropout(layer["dropout"]) for layer in shape["layers"])
        self.head = nn.Linear(widths[-1], shape["horizon"])

    def forward(self, x):
        for layer, dropout in zip(self.layers, self.dropouts):
            x, _ = layer(x)
            x = dropout(x) if layer is not self.layers[-1] else dropout(x[:, -1])
        return self.head(x)


def train(model, adam, x, y, batch_size):
    model.train()
    order = torch.randperm(len(x))
    for i in range(0, len(x), batch_size):
        chosen = order[i : i + batch_size]
        adam.zero_grad(set_to_none=True)
        loss = nn.functional.mse_loss(model(x[chosen]), y[chosen])
        loss.backward()
        adam.step()
        loss.item()


def predict(model, x, batch_size):
    model.eval()
    with torch.inference_mode():
        for i in range(0, len(x), batch_size):
            model(x[i : i + batch_size])


def sgemm_flops():
    a = torch.rand(2048, 2048)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        torch.mm(a, a)
        times.append(time.perf_counter() - start)
    return 2 * 2048**3 / sorted(times)[len(times) // 2]


held = {}
print(json.dumps({"version": torch.__version__}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    torch.set_num_threads(request["threads"])
    if request["what"] == "sgemm":
        print(json.dumps({"flops": sgemm_flops()}), flush=True)
        continue
    shape, count = request["shape"], request["windows"]
    if request["name"] not in held:
        model = Model(shape)
        held[request["name"]] = (model, torch.optim.Adam(model.parameters(), lr=1e-3),
                                 torch.rand(count, shape["window"], shape["features"]), torch.rand(count, shape["horizon"]))
    model, adam, x, y = held[request["name"]]
    wall, cpu = time.perf_counter(), time.process_time()
    if request["what"] == "train":
        train(model, adam, x, y, request["batchSize"])
    else:
        predict(model, x, 256)
    print(json.dumps({"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}), flush=True)

"""The standard model in PyTorch on a CUDA GPU: cuDNN's nn.GRU with nn.Dropout and a fused Adam, the data resident on
the card. With and without CUDA graphs, in float32 and with TF32. Prints one line of JSON; started by pytorch.mjs."""
import json
import sys
import time
import torch
from torch import nn


class Model(nn.Module):
    def __init__(self, shape):
        super().__init__()
        widths = [shape["features"], *(layer["units"] for layer in shape["layers"])]
        self.layers = nn.ModuleList(nn.GRU(a, b) for a, b in zip(widths, widths[1:]))
        self.dropouts = nn.ModuleList(nn.Dropout(layer["dropout"]) for layer in shape["layers"])
        self.head = nn.Linear(widths[-1], shape["horizon"])

    def forward(self, x):  # [T, B, F]: the layout that cuDNN computes in
        for layer, dropout in zip(self.layers, self.dropouts):
            x, _ = layer(x)
            x = dropout(x) if layer is not self.layers[-1] else dropout(x[-1])
        return self.head(x)


class Trainer:
    """One model on the card, and steps on batches of given sizes."""

    def __init__(self, shape, x, y, graphs):
        self.model = Model(shape).cuda().train()
        self.adam = torch.optim.Adam(self.model.parameters(), lr=1e-3, fused=True, capturable=graphs)
        self.x, self.y, self.graphs = x, y, {} if graphs else None

    def step(self, x, y):
        self.adam.zero_grad(set_to_none=True)
        loss = nn.functional.mse_loss(self.model(x), y)
        loss.backward()
        self.adam.step()
        return loss.detach()

    def replay(self, x, y):
        """The same step, recorded once for each size of a batch."""
        size = x.shape[1]
        if size not in self.graphs:
            still_x, still_y = x.clone(), y.clone()
            aside = torch.cuda.Stream()
            aside.wait_stream(torch.cuda.current_stream())
            with torch.cuda.stream(aside):
                for _ in range(3):
                    self.step(still_x, still_y)
            torch.cuda.current_stream().wait_stream(aside)
            graph = torch.cuda.CUDAGraph()
            self.adam.zero_grad(set_to_none=True)
            with torch.cuda.graph(graph):
                loss = self.step(still_x, still_y)
            self.graphs[size] = graph, still_x, still_y, loss
        graph, still_x, still_y, loss = self.graphs[size]
        still_x.copy_(x)
        still_y.copy_(y)
        graph.replay()
        return loss

    def epoch(self, batch_size):
        """Losses come back once an epoch, as ours do."""
        order = torch.randperm(self.x.shape[1], device="cuda")
        total = torch.zeros((), device="cuda")
        step = self.step if self.graphs is None else self.replay
        for i in range(0, len(order), batch_size):
            chosen = order[i : i + batch_size]
            total += step(self.x[:, chosen], self.y[chosen])
        return total.item()


def median_ms(trainer, batch_size, rounds):
    times = []
    for round in range(rounds + 2):
        torch.cuda.synchronize()
        start = time.perf_counter()
        trainer.epoch(batch_size)
        torch.cuda.synchronize()
        if round >= 2:
            times.append(1000 * (time.perf_counter() - start))
    return sorted(times)[len(times) // 2]


request = json.loads(sys.argv[1])
if not torch.cuda.is_available():
    sys.exit("torch " + torch.__version__ + " finds no CUDA GPU")
shape, count = request["shape"], request["windows"]
x = torch.rand(shape["window"], count, shape["features"], device="cuda")
y = torch.rand(count, shape["horizon"], device="cuda")
rows = []
for tf32 in (False, True):
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = tf32
    for graphs in (False, True):
        name = f"PyTorch {torch.__version__}, cuDNN, {'TF32' if tf32 else 'float32'}{', CUDA graph' if graphs else ''}"
        try:
            rows.append({"name": name, "epochMs": median_ms(Trainer(shape, x, y, graphs), request["batchSize"], request["rounds"])})
        except RuntimeError as error:
            print(f"{name}: {error}", file=sys.stderr)
print(json.dumps({"rows": rows, "device": torch.cuda.get_device_name()}))

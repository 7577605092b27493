"""The same models in Keras, compiled as its users do: reads requests as JSON lines, answers each with its seconds.
Started by bench.mjs; KERAS_BACKEND names what Keras computes with."""
import json
import sys
import time
import keras
import numpy


def build(shape):
    layers = [keras.Input((shape["window"], shape["features"]))]
    for i, layer in enumerate(shape["layers"]):
        is_last = i == len(shape["layers"]) - 1
        layers += [keras.layers.GRU(layer["units"], return_sequences=not is_last), keras.layers.Dropout(layer["dropout"])]
    model = keras.Sequential([*layers, keras.layers.Dense(shape["horizon"])])
    model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="mse")
    return model


def set_threads(count):
    if keras.backend.backend() == "torch":
        import torch

        torch.set_num_threads(count)


held = {}
print(json.dumps({"version": f"{keras.__version__} on {keras.backend.backend()}"}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    set_threads(request["threads"])
    shape, count = request["shape"], request["windows"]
    if request["name"] not in held:
        x = numpy.random.rand(count, shape["window"], shape["features"]).astype("float32")
        held[request["name"]] = (build(shape), x, numpy.random.rand(count, shape["horizon"]).astype("float32"))
    model, x, y = held[request["name"]]
    wall, cpu = time.perf_counter(), time.process_time()
    if request["what"] == "train":
        model.fit(x, y, batch_size=request["batchSize"], epochs=1, verbose=0)
    else:
        model.predict(x, batch_size=256, verbose=0)
    print(json.dumps({"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}), flush=True)

/**
 * One thread of a WASM model. The conductor holds the model and runs the jobs that the main thread posts; helpers
 * share its tasks and live inside WASM until the model closes. Plain JavaScript, so that it runs as it lies here
 * from sources and from dist/ alike.
 */
import { parentPort, workerData } from "node:worker_threads";

const { module, memory, helper } = workerData;
const { exports } = new WebAssembly.Instance(module, { env: { memory } });

if (helper) {
  exports.__stack_pointer.value = helper.stack;
  exports.help(helper.model);
} else {
  const { config, helpers, stackBytes, controlLength } = workerData;
  const configAt = place(config);
  const model = exports.create(configAt);
  if (model === 0) throw new RangeError("the model does not fit into 4 GB of WebAssembly memory");
  const control = allocate(controlLength * Int32Array.BYTES_PER_ELEMENT);
  // A stack grows downwards from its end.
  const stacks = Array.from({ length: helpers }, () => allocate(stackBytes) + stackBytes);
  parentPort.postMessage({ model, control, stacks });
  parentPort.on("message", (request) => {
    if (request.close) {
      exports.close(model);
      parentPort.close();
    } else {
      parentPort.postMessage(run(model, control, request));
    }
  });
}

/** @returns the arrays that the job has written */
function run(model, control, { kind, arrays, controlIndex, outputs }) {
  const mark = allocate(0);
  // The main thread has written the control array itself: it may have asked to stop by now.
  const places = arrays.map((array, index) => (index === controlIndex ? control : place(array)));
  const pointers = place(Int32Array.from(places));
  const lengths = place(Int32Array.from(arrays, (array) => array.length));
  exports.run(model, kind, pointers, lengths);
  const results = outputs.map((index) => {
    const { constructor: Kind, length } = arrays[index];
    return new Kind(memory.buffer, places[index], length).slice(); // out of the shared memory
  });
  exports.release(mark);
  return results;
}

function allocate(bytes) {
  const pointer = exports.allocate(bytes) >>> 0;
  if (pointer === 0) throw new RangeError("out of WebAssembly memory");
  return pointer;
}

/** Copies an array into WASM's memory. */
function place(array) {
  const pointer = allocate(array.byteLength);
  new array.constructor(memory.buffer, pointer, array.length).set(array);
  return pointer;
}

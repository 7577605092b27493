/** The compute engines by name. */
import type { RequestedEngine } from "../../domain/run.ts";
import { graphqlEnum } from "../graphql-enum.ts";

export type Engine = RequestedEngine;
export const Engine = graphqlEnum<Engine>(
  "Engine",
  "Which compute engine trains. AUTO takes the fastest one that this worker has measured and verified.",
  {
    AUTO: "The fastest one that this worker has measured and verified.",
    WEBGPU: "A GPU of any vendor, through WebGPU.",
    TENSORFLOW: "A GPU with CUDA, through TensorFlow.",
    NATIVE: "The processor, with code compiled for its vector instructions.",
    WASM: "The processor, with WebAssembly: runs anywhere.",
  },
);

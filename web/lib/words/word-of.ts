/** The contract's constants as people write them. */
import { chinese } from "./catalogue.ts";
import { language } from "./language.ts";

const english: Readonly<Record<string, string>> = {
  LOG_RETURN: "Log return",
  ADJUSTED_CLOSE: "Adjusted close",
  EACH_SPLIT: "Each split on its own",
  WEBGPU: "WebGPU",
  TENSORFLOW: "TensorFlow",
  WASM: "WebAssembly",
};

/** @param name such as ADJUSTED_CLOSE: "Adjusted close". The catalogue has it as "word|ADJUSTED_CLOSE". */
export const wordOf = (name: string): string =>
  (language() === "zh" ? chinese()[`word|${name}`] : undefined) ??
  english[name] ??
  name.charAt(0) + name.slice(1).toLowerCase();

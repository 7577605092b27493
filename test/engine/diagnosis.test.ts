/** What `npm run doctor` tells. */
import { expect, test } from "vitest";
import type { EngineReport } from "../../server/engine/engine.ts";
import { diagnosis } from "../../server/machine/diagnosis.ts";

const found = (engine: EngineReport["engine"], batchMs: number, device: string): EngineReport => ({
  engine,
  available: true,
  detail: "agrees with the float64 reference",
  device,
  batchMs,
});
const missing = (engine: EngineReport["engine"], detail: string, device: string | null = null) => ({
  engine,
  available: false,
  detail,
  device,
  batchMs: null,
});

test("the doctor lists the engines, the fastest first, and what to do for those that are missing", () => {
  const reports = [
    missing("WEBGPU", "no Vulkan on this machine"),
    missing("TENSORFLOW", "it is not installed"),
    found("WASM", 41.26, "AMD EPYC, WASM SIMD, 2 threads"),
    found("NATIVE", 11.04, "AMD EPYC, AVX-512, 2 threads"),
  ];
  expect(diagnosis(reports, "host: linux x64, Node.js 20.20.0").split("\n")).toEqual([
    "host: linux x64, Node.js 20.20.0",
    "",
    "  engine      available  ms per batch  device                          detail",
    "------------  ---------  ------------  ------------------------------  ---------------------------------",
    "* NATIVE      yes        11.0          AMD EPYC, AVX-512, 2 threads    agrees with the float64 reference",
    "  WASM        yes        41.3          AMD EPYC, WASM SIMD, 2 threads  agrees with the float64 reference",
    "  WEBGPU      no         -             -                               see below",
    "  TENSORFLOW  no         -             -                               see below",
    "",
    expect.stringMatching(/^\* AUTO takes this one, the fastest\./),
    expect.stringMatching(/^Nothing has to be done: runs train on NATIVE\./),
    "",
    "WEBGPU: no Vulkan on this machine.",
    expect.stringMatching(/^ {2}It needs a graphics card/),
    expect.stringMatching(/^ {2}NVIDIA: .*mesa-vulkan-drivers.*libvulkan1/),
    expect.stringContaining("vulkaninfo --summary"),
    "  More: docs/WEBGPU.md",
    "",
    "TENSORFLOW: it is not installed.",
    expect.stringMatching(/CUDA 11\.2 and cuDNN 8/),
    "  More: docs/TENSORFLOW.md",
    "",
  ]);
});

test("an engine that is there but computes wrongly is not told to be installed", () => {
  const text = diagnosis([missing("NATIVE", "computes wrongly here", "AMD EPYC, AVX-512")], "host");
  expect(text).toContain("AMD EPYC, AVX-512");
  expect(text).toContain("NATIVE: computes wrongly here.");
  expect(text).not.toContain("compiler");
});

test("where nothing can train, that is said", () => {
  const text = diagnosis(
    [missing("WASM", "this Node.js has no SIMD"), missing("NATIVE", "not built")],
    "host",
  );
  expect(text).toContain("No engine can train here.");
  expect(text).not.toContain("*");
});

test("where nothing is missing, nothing is said of what is missing", () => {
  const text = diagnosis([found("NATIVE", 11, "AMD EPYC")], "host");
  expect(text).toContain("AUTO takes this one");
  expect(text).not.toMatch(/missing|Nothing has to be done/);
});

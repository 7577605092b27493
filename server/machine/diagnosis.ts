/** What the probe found, for a person at a terminal: a table, and for each engine that is missing how to get it. */
import type { EngineName, EngineReport } from "../engine/engine.ts";

const advice: Readonly<Record<EngineName, readonly string[]>> = {
  WEBGPU: [
    "It needs a graphics card of any vendor and the card's ordinary driver; nothing of CUDA.",
    "NVIDIA: the vendor's driver. AMD, Intel on Linux: mesa-vulkan-drivers. Both: libvulkan1 (Debian, Ubuntu).",
    '"vulkaninfo --summary" (of vulkan-tools) lists what the driver offers. The rest comes with "npm install".',
    "More: docs/WEBGPU.md",
  ],
  TENSORFLOW: [
    "Worth having only where CUDA 11.2 and cuDNN 8 are set up for it: on a processor NATIVE is faster.",
    "More: docs/TENSORFLOW.md",
  ],
  NATIVE: [
    'Install a C compiler and run "npm run build". Debian, Ubuntu: apt-get install gcc libc6-dev.',
    "Fedora: dnf install gcc. macOS: xcode-select --install. Alpine: apk add gcc musl-dev.",
  ],
  WASM: ["It needs nothing but Node.js 20.19 or newer."],
};

/** @param about the machine, in a line. */
export function diagnosis(reports: readonly EngineReport[], about: string): string {
  const speed = ({ available, batchMs }: EngineReport) => (available && batchMs) || Number.POSITIVE_INFINITY;
  // Two that are missing are Infinity apart from each other: no number.
  const sorted = [...reports].sort((a, b) => (speed(a) === speed(b) ? 0 : speed(a) - speed(b)));
  const best = sorted[0]?.available ? sorted[0].engine : null;
  const rows = sorted.map((report) => [
    `${report.engine === best ? "*" : " "} ${report.engine}`,
    report.available ? "yes" : "no",
    report.batchMs?.toPrecision(3) ?? "-",
    report.device ?? "-",
    report.available ? report.detail : "see below",
  ]);
  const missing = sorted.filter(({ available }) => !available);
  return [
    about,
    "",
    ...table(["  engine", "available", "ms per batch", "device", "detail"], rows),
    "",
    ...(best
      ? [
          "* AUTO takes this one, the fastest. A batch is the standard one, trained: 64 windows of 60 steps, GRU 80 and 100.",
          ...(missing.length > 0
            ? [`Nothing has to be done: runs train on ${best}. What is missing here, and why:`]
            : []),
        ]
      : ["No engine can train here. What is missing, and why:"]),
    ...missing.flatMap(({ engine, detail, device }) => [
      "",
      `${engine}: ${detail}.`,
      // It is there: installing something will not mend it.
      ...(device === null ? advice[engine].map((line) => `  ${line}`) : []),
    ]),
    "",
  ].join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join("  ")
      .trimEnd();
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];
}

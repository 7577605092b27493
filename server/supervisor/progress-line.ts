/** What the terminal says about a training in progress, in one line. */
import type { TrainingProgress } from "./messages.ts";

const barLength = 20;

/** @param width of the terminal in characters; a longer line would wrap and could not be overwritten. */
export function progressLine(progress: TrainingProgress, width = Number.POSITIVE_INFINITY): string {
  const { runName, status, epoch, epochs, trainLoss, validationLoss, etaMs } = progress;
  const filled = Math.round((barLength * epoch) / Math.max(epochs, 1));
  const parts = [
    `${runName}: ${"█".repeat(filled)}${"░".repeat(barLength - filled)} epoch ${epoch}/${epochs}`,
    trainLoss === null ? null : `loss ${loss(trainLoss)}`,
    validationLoss === null ? null : `validation ${loss(validationLoss)}`,
    status === "RUNNING" ? etaMs && `${duration(etaMs)} left` : status.toLowerCase(),
  ];
  const line = parts.filter((part) => part !== null && part !== 0).join(", ");
  return line.length <= width ? line : `${line.slice(0, Math.max(width - 1, 0))}…`;
}

const loss = (value: number): string => value.toPrecision(4);

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The operation that was begun last: what a watchdog names when this process no longer answers. */

export interface LastOperation {
  /** As its sender calls it; without control characters. */
  readonly name: string;
  /** Of its request. */
  readonly bytes: number;
  readonly at: Date;
}

let last: LastOperation | null = null;

export function noteOperation(name: string, bytes: number): void {
  last = { name: name.replace(/\p{C}+/gu, " ").slice(0, longestName), bytes, at: new Date() };
}

/** Null before the first one. */
export const lastOperation = (): LastOperation | null => last;

const longestName = 100;

/** Of a request that has not been checked yet: its operation's name, or else how its document begins. */
export function nameOfOperation({
  query,
  operationName,
}: {
  query?: unknown;
  operationName?: unknown;
}): string {
  if (typeof operationName === "string" && operationName !== "") return operationName.slice(0, longestName);
  return typeof query === "string" ? query.slice(0, longestName).trim() : "an operation without a document";
}

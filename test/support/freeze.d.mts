import type { Readable } from "node:stream";

export const freezable: readonly string[];
export function inspectorOf(stderr: Readable): Promise<string>;
export function freeze(inspector: string): Promise<void>;

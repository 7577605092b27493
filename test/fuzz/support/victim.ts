/** The product as it is attacked: the built API and a worker as processes, on a database of their own. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { Agent } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createTestDatabase } from "../../support/database.ts";

const built = (file: string) => join(import.meta.dirname, "../../../dist/server", file);
const loopReport = fileURLToPath(new URL("loop-report.mjs", import.meta.url));

const longestLogLine = 16_000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const rawControl = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

export interface Victim {
  readonly url: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly agent: Agent;
  /** What must not be: lines of the logs, and processes that are gone. */
  readonly troubles: string[];
  /** The longest time that the API computed without giving way, in ms of its processor, and its memory at most. */
  readonly worst: { busyMs: number; rss: number };
  close(): Promise<void>;
}

/** @param settings of the environment. */
export async function startVictim(settings: Record<string, string> = {}): Promise<Victim> {
  const database = await createTestDatabase();
  const troubles: string[] = [];
  const worst = { busyMs: 0, rss: 0 };
  const children: ChildProcess[] = [];
  let isClosing = false;

  const start = (name: string, file: string): ChildProcess => {
    const env = { DATABASE_URL: database.url, PORT: "0", HOST: "127.0.0.1", LOG_LEVEL: "debug", ...settings };
    const child = fork(built(file), {
      execArgv: ["--import", loopReport],
      env: { ...process.env, NODE_ENV: "production", ...env },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    children.push(child);
    for (const stream of [child.stdout!, child.stderr!])
      createInterface({ input: stream }).on("line", (line) => {
        const trouble = troubleOf(line);
        if (trouble !== null && troubles.length < 20)
          troubles.push(`${name}: ${trouble}: ${JSON.stringify(line.slice(0, 1_500))}`);
      });
    child.once("exit", (code, signal) => {
      if (!isClosing) troubles.push(`${name}: ended with ${signal ?? code}`);
    });
    return child;
  };

  const api = start("the API", "main.api.js");
  const url = await heard<{ url: string }>(api, "listening").then((message) => message.url);
  api.on("message", (message: { type: string; busyMs: number; rss: number }) => {
    if (message.type !== "loop") return;
    worst.busyMs = Math.max(worst.busyMs, message.busyMs);
    worst.rss = Math.max(worst.rss, message.rss);
  });
  await heard(start("the worker", "main.worker.js"), "ready");
  // The first page takes half a second.
  for (const page of ["/", "/nowhere"]) await (await fetch(`${url}${page}`)).text();
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  return {
    ...{ url, port: Number(new URL(url).port), databaseUrl: database.url, agent, troubles, worst },
    async close() {
      isClosing = true;
      agent.destroy();
      await Promise.all(
        children.map(async (child) => {
          if (child.exitCode !== null || child.signalCode !== null) return;
          const ended = once(child, "exit");
          child.kill("SIGKILL");
          await ended;
        }),
      );
      await database.drop();
    },
  };
}

/** Every line is one of the log's, short and clean, and none tells of a fault of ours. */
function troubleOf(line: string): string | null {
  if (Buffer.byteLength(line) > longestLogLine) return `a line of ${Buffer.byteLength(line)} bytes`;
  if (rawControl.test(line)) return "a raw control character";
  let level: unknown;
  try {
    ({ level } = JSON.parse(line) as { level: unknown });
  } catch {
    return "a line past the log";
  }
  return typeof level === "number" && level < 50 ? null : "an error";
}

async function heard<Message>(child: ChildProcess, type: string): Promise<Message> {
  const ended = once(child, "exit").then(([code]) => Promise.reject(new Error(`it ended with ${code}`)));
  ended.catch(() => undefined);
  for (;;) {
    const [message] = (await Promise.race([once(child, "message"), ended])) as [{ type: string }];
    if (message.type === type) return message as Message;
  }
}

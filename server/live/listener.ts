/** One connection that listens, and connects again when it breaks. Knows channels and payloads, not what they mean. */
import pg from "pg";

const firstRetryMs = 50;
const longestRetryMs = 2_000;
/** Asks so often whether the connection lives: a pulled cable ends it without a word. */
const checkEveryMs = 5_000;
const answerWithinMs = 5_000;

export interface ListenerOptions {
  readonly url: string;
  readonly channels: readonly string[];
  readonly onNotification: (channel: string, payload: string) => void;
  /** Listens again after a lost connection; announcements in between were missed. */
  readonly onReconnect: () => void;
  readonly onLost?: (error: Error) => void;
}

export interface Listener {
  close(): Promise<void>;
}

/** Resolves once it listens. @throws Error when the first connection fails. */
export async function listen(options: ListenerOptions): Promise<Listener> {
  let closed = false;
  let current: pg.Client | null = null;
  let retryTimer: NodeJS.Timeout | undefined;

  const connect = async (): Promise<void> => {
    const client = new pg.Client({
      connectionString: options.url,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      query_timeout: answerWithinMs,
      application_name: "gatecast listener",
    });
    let broken: Error | null = null;
    let listening = false;
    const breakOff = (error: Error) => {
      if (broken) return;
      broken = error;
      clearInterval(check);
      client.end().catch(() => undefined);
      if (current === client) current = null;
      if (listening && !closed) {
        options.onLost?.(error);
        retryIn(firstRetryMs);
      }
    };
    client.on("error", breakOff);
    client.on("end", () => breakOff(new Error("the listening connection was closed")));
    client.on("notification", ({ channel, payload }) => options.onNotification(channel, payload ?? ""));
    const check = setInterval(() => client.query("SELECT 1").catch(breakOff), checkEveryMs);
    try {
      await client.connect();
      for (const channel of options.channels)
        await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
      if (broken) throw broken;
    } catch (error) {
      breakOff(error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
    if (closed) return void client.end().catch(() => undefined);
    listening = true;
    current = client;
  };

  const retryIn = (delayMs: number) => {
    retryTimer = setTimeout(async () => {
      try {
        await connect();
      } catch {
        if (!closed) retryIn(Math.min(delayMs * 2, longestRetryMs));
        return;
      }
      if (!closed) options.onReconnect();
    }, delayMs);
  };

  await connect();
  return {
    async close() {
      closed = true;
      clearTimeout(retryTimer);
      await current?.end().catch(() => undefined);
    },
  };
}

/**
 * A connection to PostgreSQL that does not wait for ever: a network can lose every packet without a word, and TCP then goes
 * on sending for a quarter of an hour. When an answer is due and no byte comes for long, the connection breaks off and the
 * query throws.
 */
import type { Socket } from "node:net";
import pg from "pg";

/** Longer than any of our statements takes on a busy machine. A subscriber or a mutation waits about twice as long. */
const longestSilenceMs = 10_000;
/** For copying or merging a large file. */
const longImportMs = 60_000;

export class WatchedClient extends pg.Client {
  #longestSilenceMs = longestSilenceMs;
  #watched: Socket | null = null;

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const ask = this.query.bind(this) as (...query: unknown[]) => unknown;
    this.query = ((...query: unknown[]) => {
      this.#watch();
      return ask(...query);
    }) as typeof this.query;
    this.on("drain", () => this.#watched?.setTimeout(0));
  }

  /** While `work` is done, an answer may take a minute, and so may a lock. */
  async beingPatient<T>(work: () => Promise<T>): Promise<T> {
    this.#longestSilenceMs = longImportMs;
    try {
      return await work();
    } finally {
      this.#longestSilenceMs = longestSilenceMs;
    }
  }

  #watch(): void {
    const socket = this.connection.stream as Socket;
    if (socket !== this.#watched) {
      this.#watched = socket;
      socket.on("timeout", () => {
        const seconds = this.#longestSilenceMs / 1000;
        const error = new Error(`PostgreSQL has not answered for ${seconds} s: the connection is given up`);
        socket.destroy(Object.assign(error, { code: "ETIMEDOUT" }));
      });
    }
    socket.setTimeout(this.#longestSilenceMs);
  }
}

/** What every pool of connections shares. */
export const watchedConnections = {
  Client: WatchedClient,
  // A query that gets no connection throws instead of waiting for ever.
  connectionTimeoutMillis: 5_000,
  // For idle connections; the probes follow each other every second.
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  // The server's side of the same: it must not keep the locks of a client that vanished in the middle of a transaction.
  idle_in_transaction_session_timeout: 15_000,
  options: "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5",
};

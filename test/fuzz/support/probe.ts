/** Another client, who asks small things ten times a second while others attack: how long it waits. */
import { Agent, request } from "node:http";

const everyMs = 100;
/** What another client may wait for. */
export const patienceMs = 1_000;

export interface Probe {
  stop(): Promise<ProbeReport>;
}
export interface ProbeReport {
  readonly asked: number;
  /** Of every five answers in a row the one in the middle: one alone may be late because the machine is busy. */
  readonly worstMedianMs: number;
  readonly medianMs: number;
  readonly wrong: readonly string[];
}

const question = JSON.stringify({ query: "{ runs(first: 1) { totalCount } }" });

export function startProbe(url: string): Probe {
  const agent = new Agent({ keepAlive: true });
  const waits: number[] = [];
  const wrong: string[] = [];
  const pending = new Set<Promise<void>>();
  const lag = ownLag();
  let at = 0;

  const ask = async () => {
    const begun = performance.now();
    const lagBefore = lag.total();
    const isHealth = at++ % 2 === 0;
    const answer = await send(url, agent, isHealth).catch((error: Error) => `no answer: ${error.message}`);
    // What this process could not do in the meantime is not the server's time.
    waits.push(Math.max(0, performance.now() - begun - (lag.total() - lagBefore)));
    if (!/^200 .*(?:"totalCount":\d|"status":"ok")/.test(answer)) wrong.push(answer.slice(0, 300));
  };
  const timer = setInterval(() => {
    const asking = ask().finally(() => pending.delete(asking));
    pending.add(asking);
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(pending);
      lag.stop();
      agent.destroy();
      const fives = waits.map((_, index) => median(waits.slice(index, index + 5)));
      return { asked: waits.length, worstMedianMs: Math.max(0, ...fives), medianMs: median(waits), wrong };
    },
  };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function send(url: string, agent: Agent, isHealth: boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(
      isHealth ? `${url}/health` : `${url}/graphql`,
      { agent, method: isHealth ? "GET" : "POST", headers: { "content-type": "application/json" } },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        response.once("end", () => resolve(`${response.statusCode} ${text}`));
        response.once("error", reject);
      },
    );
    sent.once("error", reject);
    sent.setTimeout(20_000, () => sent.destroy(new Error("silent for 20 s")));
    sent.end(isHealth ? undefined : question);
  });
}

/** How much later than asked this process had its turns, all together. */
function ownLag() {
  const stepMs = 10;
  let total = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    total += Math.max(0, now - last - stepMs);
    last = now;
  }, stepMs);
  return { total: () => total, stop: () => clearInterval(timer) };
}

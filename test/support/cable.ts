/**
 * The network between a process and its database: carries bytes, until it swallows them all without a word to either
 * side. Connections that it swallowed stay dead when it works again, as those of a router that forgot them.
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export async function layCable(databaseUrl: string) {
  const { port, hostname } = new URL(databaseUrl);
  const ends = new Set<Socket>();
  let silent = false;
  const keep = (end: Socket) => {
    ends.add(end);
    end.on("error", () => undefined);
    end.on("close", () => ends.delete(end));
  };
  const server = createServer((near) => {
    keep(near);
    if (silent) {
      near.pause();
      return;
    }
    const far = connect({ port: Number(port), host: hostname });
    keep(far);
    near.pipe(far).pipe(near);
    near.on("close", () => ends.has(far) && !swallowed.has(far) && far.destroy());
    far.on("close", () => ends.has(near) && !swallowed.has(near) && near.destroy());
  });
  const swallowed = new Set<Socket>();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    goSilent() {
      silent = true;
      for (const end of ends) {
        swallowed.add(end);
        end.unpipe();
        end.pause();
      }
    },
    comeBack() {
      silent = false;
    },
    async close() {
      server.close();
      for (const end of ends) end.destroy();
      await once(server, "close");
    },
  };
}
export type Cable = Awaited<ReturnType<typeof layCable>>;

/** One port for a developer's browser: the API's addresses go to the API, all else to Next's development server. */
import { request as ask, createServer } from "node:http";
import { connect, createServer as createTcpServer } from "node:net";

export async function startFront({ port, apiPort, pagesPort }) {
  const portOf = (url) => (/^\/(graphql|health|import)(?:[/?]|$)/.test(url) ? apiPort : pagesPort);
  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    const passed = ask({ host: "127.0.0.1", port: portOf(url), method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    passed.on("error", () => {
      if (!response.headersSent) response.writeHead(503, { "retry-after": "1", "content-type": "text/html" });
      response.end("<!doctype html><meta http-equiv=refresh content=1><p>It is starting.</p>");
    });
    request.pipe(passed);
  });
  // The live connection, and the one by which Next reloads pages.
  server.on("upgrade", (request, socket, head) => {
    const far = connect(portOf(request.url), "127.0.0.1", () => {
      const lines = [`${request.method} ${request.url} HTTP/1.1`];
      for (let i = 0; i < request.rawHeaders.length; i += 2)
        lines.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}`);
      far.write(`${lines.join("\r\n")}\r\n\r\n`);
      far.write(head);
      far.pipe(socket);
      socket.pipe(far);
    });
    for (const [one, other] of [
      [far, socket],
      [socket, far],
    ])
      one.on("error", () => other.destroy()).on("close", () => other.destroy());
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

export const freePort = () =>
  new Promise((resolve) => {
    const server = createTcpServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

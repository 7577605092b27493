/** The proxies of README's "In production", as they stand there but for the port, the certificate and the password. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface RunningProxy {
  stop(): Promise<void>;
}

/** Where the proxy is to listen, and what it is to pass on to. */
export interface Route {
  readonly name: string;
  readonly port: number;
  readonly backend: string;
}

export const user = "ada";
export const password = "correct horse";

const readme = readFileSync(join(import.meta.dirname, "../../../README.md"), "utf8");

/** The one block of that language in the README. */
export function shown(language: "nginx" | "caddyfile"): string {
  const [block, ...more] = [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))];
  if (!block?.[1] || more.length > 0) throw new Error(`README.md must show ${language} once`);
  return block[1];
}

export const isInstalled = (program: string): boolean =>
  (process.env.PATH ?? "")
    .split(":")
    .concat("/usr/sbin", "/usr/bin")
    .some((folder) => existsSync(join(folder, program)));

/** Fails where the README no longer says what is replaced. */
function replaced(text: string, changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((changed, [before, after]) => {
    if (!changed.includes(before)) throw new Error(`README.md no longer shows ${before}`);
    return changed.replaceAll(before, after);
  }, text);
}

/** @param change further ones to what the README shows. */
export async function startNginx(
  { name, port, backend }: Route,
  change: (text: string) => string = (text) => text,
): Promise<RunningProxy> {
  const folder = await mkdtemp(join(tmpdir(), "gatecast-nginx-"));
  await writeFile(join(folder, "users"), `${user}:{PLAIN}${password}\n`);
  const site = replaced(shown("nginx"), [
    ["listen 443 ssl;", `listen 127.0.0.1:${port};`],
    ["ssl_certificate /etc/ssl/certs/gru.example.net.pem;", ""],
    ["ssl_certificate_key /etc/ssl/private/gru.example.net.key;", ""],
    ["auth_basic_user_file /etc/nginx/gatecast.htpasswd;", `auth_basic_user_file ${folder}/users;`],
    ["server_name gru.example.net;", `server_name ${name};`],
    ["http://127.0.0.1:4000", backend],
  ]);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((use) => `${use}_temp_path ${folder}/${use};`)
    .join(" ");
  const asRoot = process.getuid?.() === 0 ? "user root;" : "";
  const text = `${asRoot} pid ${folder}/pid; error_log stderr; daemon off; events {} http { access_log off; ${temporary}\n${change(site)}}\n`;
  await writeFile(join(folder, "nginx.conf"), text);
  return run("nginx", ["-p", folder, "-c", join(folder, "nginx.conf")], port, folder);
}

export async function startCaddy({ name, port, backend }: Route): Promise<RunningProxy> {
  const folder = await mkdtemp(join(tmpdir(), "gatecast-caddy-"));
  const hash = execFileSync("caddy", ["hash-password", "--plaintext", password], { encoding: "utf8" }).trim();
  const site = replaced(shown("caddyfile"), [
    ["gru.example.net {", `http://${name}:${port} {\n  bind 127.0.0.1`],
    ["HASH", hash],
    ["127.0.0.1:4000", new URL(backend).host],
  ]);
  await writeFile(join(folder, "Caddyfile"), `{\n  admin off\n  auto_https off\n}\n${site}`);
  const args = ["run", "--config", join(folder, "Caddyfile"), "--adapter", "caddyfile"];
  return run("caddy", args, port, folder);
}

async function run(
  program: string,
  args: readonly string[],
  port: number,
  folder: string,
): Promise<RunningProxy> {
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin`, HOME: folder, XDG_DATA_HOME: folder };
  const child = spawn(program, args, { env, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const ended = once(child, "exit");
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 100; tries++) {
    if (await answers(port)) return { stop };
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stop();
  throw new Error(`${program} did not start with what README.md shows. It said:\n${said}`);
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });

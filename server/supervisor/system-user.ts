/**
 * The user of the system that the embedded database runs as where root starts Gatecast, because PostgreSQL refuses to
 * run as root: a user of its own, so that no other service of the machine may read its files or end it.
 */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";

export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

const ownName = "gatecast";
/** There on every POSIX system, for those that let nobody add a user (a read-only image, no useradd). */
const nobody: SystemUser = { uid: 65534, gid: 65534 };
/** login.defs(5), SYS_UID_MAX: a higher number belongs to a person who happens to have that name. */
const lastSystemUid = 999;

/** Makes the user where it is missing. Root only. */
export async function databaseUser(): Promise<SystemUser> {
  const found = await findOwn();
  if (found !== null) return found;
  await makeOwn();
  return (await findOwn()) ?? nobody; // asked again: another start may have made it in the meantime
}

async function findOwn(): Promise<SystemUser | null> {
  const users = await readFile("/etc/passwd", "utf8").catch(() => "");
  for (const line of users.split("\n")) {
    const [name, , uid, gid] = line.split(":");
    if (name === ownName && Number(uid) <= lastSystemUid) return { uid: Number(uid), gid: Number(gid) };
  }
  return null;
}

const makeOwn = (): Promise<void> =>
  new Promise((resolve) => {
    const noLogin = ["--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"];
    execFile("useradd", ["--system", "--user-group", ...noLogin, ownName], () => resolve());
  });

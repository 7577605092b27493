/** What this installation consists of: its engines and workers, and who is looking. */
import { Field, Float, ID, ObjectType } from "type-graphql";
import type * as ports from "../../ports/workers.ts";
import { DateTime } from "../date-time.ts";
import { graphqlEnum } from "../graphql-enum.ts";
import { Engine } from "../training/engine.type.ts";

export const Role = graphqlEnum("Role", "What someone may do.", {
  VIEWER: "Look at everything.",
  ANALYST: "Import series and train, too.",
  ADMIN: "Everything.",
});

@ObjectType({ description: "Who is asking." })
export class Viewer {
  @Field(() => String, { description: "Their name: local, while there are no accounts." })
  readonly name!: string;

  @Field(() => Role, { description: "What they may do: ADMIN, while there are no accounts." })
  readonly role!: keyof typeof Role;
}

@ObjectType({ description: "An engine, and what the workers found of it on their machines." })
export class EngineInfo {
  @Field(() => Engine, { description: "Its name; never AUTO." })
  readonly engine!: Engine;

  @Field(() => Boolean, { description: "Whether a worker can train with it." })
  readonly available!: boolean;

  @Field(() => String, { description: "Why not, or what was found." })
  readonly detail!: string;

  @Field(() => String, { nullable: true, description: "The processor or card that it would train on." })
  readonly device!: string | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Median time of one training batch of the standard model: 64 x 60 x 1, GRU 80 and 100. An epoch of up to 32 " +
      "batches, divided by their number, is one time; the median is of three. The fastest of the workers' answers, each " +
      "measured when its worker started or remembered for up to a week.",
  })
  readonly batchMs!: number | null;
}

@ObjectType({ description: "The releases that this installation is made of." })
export class Installation {
  @Field(() => String, { description: "Gatecast's own." })
  readonly version!: string;

  @Field(() => String, { description: "Of the Node.js that answers." })
  readonly node!: string;

  @Field(() => DateTime, { description: "Since when the process that answers runs." })
  readonly startedAt!: Date;
}

export type WorkerStatus = ports.WorkerStatus;
export const WorkerStatus = graphqlEnum<WorkerStatus>("WorkerStatus", "What a worker does.", {
  IDLE: "Waits for a run.",
  BUSY: "Trains a run.",
  LOST: "Has not been heard of for too long; its run goes to another.",
});

@ObjectType({ description: "A process that trains runs." })
export class Worker {
  @Field(() => ID, { description: "UUID, new at each start." })
  readonly id!: string;

  @Field(() => String, { description: "Name of its machine." })
  readonly host!: string;

  @Field(() => String, { description: "The processor or card that it trains on." })
  readonly device!: string;

  @Field(() => String, {
    nullable: true,
    description: "Name of its part of the machine (WORKER_DEVICE); null where it has the whole of it.",
  })
  readonly name!: string | null;

  @Field(() => DateTime, { description: "When its process started." })
  readonly startedAt!: Date;

  @Field(() => Float, {
    nullable: true,
    description:
      "Share of its machine's processors that it uses, 0..1, over the last seconds. Null while it is not known.",
  })
  readonly load!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Bytes of memory that its process takes. Null while it is not known.",
  })
  readonly memoryBytes!: number | null;

  @Field(() => WorkerStatus, { description: "What it does." })
  readonly status!: WorkerStatus;

  @Field(() => DateTime, { description: "When it was last heard of." })
  readonly lastSeenAt!: Date;

  /** Not shown, but what the field resolver goes by. */
  readonly currentRunIds!: readonly string[];
}

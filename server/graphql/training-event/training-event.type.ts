/** What subscribers of a run hear, one type for each kind of event. */
import { Field, Float, ID, Int, InterfaceType, ObjectType } from "type-graphql";
import type * as domain from "../../domain/run-event.ts";
import { DateTime } from "../date-time.ts";
import { graphqlEnum } from "../graphql-enum.ts";
import { Epoch, RunStatus } from "../run/run.type.ts";

export type LogLevel = domain.LogLevel;
export const LogLevel = graphqlEnum<LogLevel>("LogLevel", "How much a message of a run matters.", {
  INFO: "Good to know.",
  WARNING: "Its reader should know it before trusting the run.",
  ERROR: "Why the run cannot go on.",
});

type Kind = domain.RunEventBody["kind"];
const typeNames = {
  status: "RunStatusChanged",
  epoch: "EpochCompleted",
  log: "RunLogged",
} as const satisfies Record<Kind, string>;

@InterfaceType({
  description: "Something that happened to a run.",
  resolveType: ({ kind }: { kind: Kind }) => typeNames[kind],
})
export abstract class TrainingEvent {
  @Field(() => ID, { description: "The run that it happened to." })
  readonly runId!: string;

  @Field(() => Int, { description: "Counts the run's events from 1, without a gap." })
  readonly sequence!: number;

  @Field(() => DateTime, { description: "When it happened." })
  readonly at!: Date;
}

@ObjectType({ implements: TrainingEvent, description: "The run entered a status." })
export class RunStatusChanged extends TrainingEvent {
  @Field(() => RunStatus, { description: "The status that it entered." })
  readonly status!: RunStatus;

  @Field(() => String, { nullable: true, description: "Why, where there is something to say." })
  readonly message!: string | null;
}

@ObjectType({ implements: TrainingEvent, description: "The run finished an epoch." })
export class EpochCompleted extends TrainingEvent {
  @Field(() => Epoch, { description: "The epoch and its losses." })
  readonly epoch!: Epoch;

  @Field(() => Float, {
    nullable: true,
    description: "Milliseconds that are probably left; null if unknown.",
  })
  readonly etaMs!: number | null;
}

@ObjectType({ implements: TrainingEvent, description: "The run has something to say." })
export class RunLogged extends TrainingEvent {
  @Field(() => LogLevel, { description: "How much it matters." })
  readonly level!: LogLevel;

  @Field(() => String, { description: "For people." })
  readonly message!: string;
}

export const toTrainingEvent = ({ runId, sequence, at, body }: domain.RunEvent): TrainingEvent => ({
  runId,
  sequence,
  at,
  ...body,
});

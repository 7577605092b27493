/** Schedules, as the API shows them: a recipe that is trained again and again on a series as it grows. */
import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import type { CreateScheduleRequest } from "../../services/services.ts";
import { DateTime } from "../date-time.ts";
import { StartTrainingInput } from "../training/start-training.input.ts";

@ObjectType({ description: "A recipe that is trained again and again on a series as it grows." })
export class Schedule {
  @Field(() => ID, { description: "UUID." })
  readonly id!: string;

  @Field(() => String, { description: "What people call it." })
  readonly name!: string;

  @Field(() => Int, {
    nullable: true,
    description: "Trains after so many new bars; null where it goes by the clock.",
  })
  readonly everyBars!: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Trains at these times, five fields of UTC: minute hour day month weekday. Null where it goes by bars.",
  })
  readonly cron!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "Its runs refuse to forecast once so many bars came after their last one; null: never.",
  })
  readonly expiryBars!: number | null;

  @Field(() => DateTime, { nullable: true, description: "When the clock starts the next training." })
  readonly nextAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: "Why the last try to start a training failed; null after one that did not.",
  })
  readonly problem!: string | null;

  @Field(() => DateTime, { description: "When it was made." })
  readonly createdAt!: Date;

  /** Not shown, but what field resolvers go by. */
  readonly seriesId!: string;
  readonly championId!: string | null;
}

@InputType({
  description: "A schedule to make. It goes by bars or by the clock, and starts with a training at once.",
})
export class CreateScheduleInput implements CreateScheduleRequest {
  @Field(() => String, { nullable: true, description: "What people call it. Omitted: the recipe." })
  readonly name?: string | null;

  @Field(() => StartTrainingInput, { description: "What is trained each time, on the newest bars." })
  readonly training!: StartTrainingInput;

  @Field(() => Int, { nullable: true, description: "Train after so many new bars." })
  readonly everyBars?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Train at these times, five fields of UTC: minute hour day month weekday, such as "0 22 * * 1-5".',
  })
  readonly cron?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "Its runs refuse to forecast (CONFLICT) once so many bars came after their last one. Omitted: never.",
  })
  readonly expiryBars?: number | null;
}

@ObjectType({ description: "The schedule that was made." })
export class CreateSchedulePayload {
  @Field(() => Schedule, { description: "The schedule." })
  readonly schedule!: Schedule;

  @Field(() => [String], { description: "What its maker should know, in plain words." })
  readonly warnings!: readonly string[];
}

/** What of a run needs a person, as the API shows it. */
import { Field, Int, ObjectType } from "type-graphql";
import type * as domain from "../../domain/attention.ts";
import { graphqlEnum } from "../graphql-enum.ts";

export type AttentionKind = domain.AttentionKind;
export const AttentionKind = graphqlEnum<AttentionKind>("AttentionKind", "Why a run needs a person.", {
  DIVERGED: "Its loss is tenfold its best, or became no number.",
  CONSTANT: "Its predictions of the test vary by less than 1 % of the variance of what came.",
  WORSE_THAN_NAIVE:
    "It errs more than the last known price does: on the test, where that is no tie, or, at half time, on the validation.",
  BEST_AT_FIRST: "The first of many epochs was the best.",
  RISING: "The validation loss has stayed above its best for many epochs.",
});

@ObjectType({ description: "Something of a run that a person should look at." })
export class Attention implements domain.Attention {
  @Field(() => AttentionKind, { description: "For programs." })
  readonly kind!: AttentionKind;

  @Field(() => String, { description: "For people: what is seen, and what may help." })
  readonly message!: string;

  @Field(() => Int, {
    nullable: true,
    description: "The epoch from which on it holds; null where it holds of the whole run.",
  })
  readonly sinceEpoch!: number | null;
}

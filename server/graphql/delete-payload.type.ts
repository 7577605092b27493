/** What a mutation that deletes answers. */
import { Field, ID, ObjectType } from "type-graphql";

@ObjectType({ description: "What was deleted." })
export class DeletePayload {
  @Field(() => [ID], { description: "Of those that were asked for, the ones that were there." })
  readonly deletedIds!: readonly string[];
}

/** A configuration read by name and in words, whatever hyperparameters there are. */
import { FieldResolver, Query, Resolver, Root } from "type-graphql";
import { recipeFields } from "../../recipe/catalogue.ts";
import { factsOf } from "../../recipe/facts.ts";
import { listOf } from "../cost/declared.ts";
import { RecipeFact, RecipeField, RecipeValue, toRecipeField, valuesOf } from "./recipe-field.type.ts";
import { TrainingConfig } from "./training-config.type.ts";

const costOfAll = listOf(recipeFields.length);

@Resolver(() => TrainingConfig)
export class TrainingConfigResolver {
  @Query(() => [RecipeField], {
    description: "All hyperparameters of a training, in the order of a form.",
    complexity: costOfAll,
  })
  recipeFields(): RecipeField[] {
    return recipeFields.map(toRecipeField);
  }

  @FieldResolver(() => [RecipeValue], {
    description: "All of it by name, for programs that read recipeFields.",
    complexity: costOfAll,
  })
  values(@Root() config: TrainingConfig): RecipeValue[] {
    return valuesOf(config);
  }

  @FieldResolver(() => [RecipeFact], {
    description: "All of it in words for people, without what is switched off or has no effect.",
    complexity: costOfAll,
  })
  facts(@Root() config: TrainingConfig): RecipeFact[] {
    return factsOf(config);
  }
}

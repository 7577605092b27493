/** The shape of a stored configuration, from the catalogue. Ranges are not looked at again: a run keeps what it was trained with. */
import { z } from "zod";
import { priceFields } from "../domain/price-series.ts";
import { type NamedField, recipeFields } from "../recipe/catalogue.ts";
import { indicatorKinds } from "../recipe/indicators.ts";
import { type RecipeField, valuesOf } from "../recipe/recipe-field.ts";
import type { TrainingConfig } from "../recipe/training-config.ts";

function shapeOf(field: RecipeField): z.ZodType {
  switch (field.kind) {
    case "INTEGER":
    case "NUMBER":
      return field.mayBeNull ? z.number().nullable() : z.number();
    case "BOOLEAN":
      return z.boolean();
    case "CHOICE":
      return z.enum(valuesOf(field.choices));
    case "CHOICES":
      return z.array(z.enum(valuesOf(field.choices)));
    case "LAYERS":
      return z.array(z.object({ units: z.number(), dropout: z.number() }));
    case "INDICATORS":
      return z.array(z.object({ kind: z.enum(indicatorKinds), period: z.number().nullable() }));
    case "OTHER_SERIES":
      return z.array(
        z.object({
          priceSeriesId: z.string(),
          field: z.enum(priceFields),
          symbol: z.string().nullable(),
          seriesVersionId: z.string().nullable(),
        }),
      );
  }
}

/** A run that is older than a field was trained with the field's default. */
const columnOf = ({ name, field }: NamedField) =>
  [name, field.since === 1 ? shapeOf(field) : shapeOf(field).default(field.default)] as const;

export const storedConfig = z.object(
  Object.fromEntries(recipeFields.map(columnOf)),
) as unknown as z.ZodType<TrainingConfig>;

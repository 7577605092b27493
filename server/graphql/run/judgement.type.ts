/** How a run stands beside other forecasters, how well its intervals held, and whether it saw what was still to come. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import type * as domain from "../../domain/forecaster.ts";
import type * as results from "../../domain/results.ts";
import { graphqlEnum } from "../graphql-enum.ts";

export type Forecaster = domain.Forecaster;
export const Forecaster = graphqlEnum<Forecaster>("Forecaster", "Who makes predictions.", {
  GRU: "The run's own network.",
  LAST_VALUE: "The last known value, repeated: the naive forecast.",
  DRIFT: "The last value, going on as it went on average.",
  MEAN: "The mean of the last values.",
  SEASONAL: "The value of the same weekday before; of intraday bars, of the same time of day.",
  AR: "An autoregression by least squares.",
  EWMA: "The exponentially weighted mean of variances (RiskMetrics, 0.94).",
  HAR: "The heterogeneous autoregression of volatility (Corsi 2009): a day, a week, a month.",
  HAR_LEVERAGE: "HAR that also sees returns, their size and falls.",
  ENSEMBLE: "The mean of an experiment's networks.",
  OUTSIDE: "Somebody else's forecasts, brought by importPredictions.",
});

@ObjectType({ description: "A test whether two forecasters are equally good (Diebold and Mariano 1995)." })
export class DieboldMariano implements results.DieboldMariano {
  @Field(() => Float, { description: "Negative: the run's model errs less." })
  readonly statistic!: number;

  @Field(() => Float, {
    description: "Two-sided: how likely such a difference is where both are equally good.",
  })
  readonly pValue!: number;
}

@ObjectType({ description: "One forecaster's scores on the same targets as all others." })
export class ForecasterScores {
  @Field(() => Forecaster, { description: "Who forecast." })
  readonly forecaster!: Forecaster;

  @Field(() => String, {
    nullable: true,
    description:
      "An outside forecaster's name. Of others, what tells several of a kind apart, such as how it is refitted.",
  })
  readonly name!: string | null;

  @Field(() => Int, { nullable: true, description: "Null: all steps of the horizon together." })
  readonly step!: number | null;

  @Field(() => Int, { description: "Number of targets." })
  readonly count!: number;

  @Field(() => Float, {
    description: "Mean absolute error, in the target's unit; of LOG_VARIANCE, of the logarithm.",
  })
  readonly mae!: number;

  @Field(() => Float, { description: "Root mean squared error, in the same unit." })
  readonly rmse!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Mean absolute percentage error; null where a real value is 0, and of logarithms.",
  })
  readonly mape!: number | null;

  @Field(() => Float, { nullable: true, description: "Symmetric percentage error, 0..200 (M4 competition)." })
  readonly smape!: number | null;

  @Field(() => Float, { nullable: true, description: "Mean absolute scaled error (Hyndman & Koehler 2006)." })
  readonly mase!: number | null;

  @Field(() => Float, { nullable: true, description: "Root mean squared scaled error (M5 competition)." })
  readonly rmsse!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Out of sample: 1 - its squared error / the last value's.",
  })
  readonly r2!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Of variances (Patton 2011), lower is better; null of other targets.",
  })
  readonly qlike!: number | null;

  @Field(() => Float, { nullable: true, description: "Share of moves whose direction was forecast, 0..1." })
  readonly directionalAccuracy!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Share of the same targets that rose: what 'always up' would have got.",
  })
  readonly shareOfUps!: number | null;

  @Field(() => Float, { nullable: true, description: "Pesaran and Timmermann (1992). One-sided." })
  readonly directionPValue!: number | null;

  @Field(() => Float, { description: "1 - its MAE / the last value's." })
  readonly skill!: number;

  @Field(() => DieboldMariano, {
    nullable: true,
    description:
      "Diebold-Mariano of the run's model against this forecaster; null for the model itself. Null also where no test exists.",
  })
  readonly dieboldMariano!: DieboldMariano | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Above 0.1 it may be the best of all: with 90 % the best is among these (model confidence set, Hansen, Lunde and Nason 2011). Null of single steps, and where fewer than three stand beside each other.",
  })
  readonly confidenceSetPValue!: number | null;
}

@ObjectType({ description: "How well intervals of one level held what they promised at one step." })
export class Coverage {
  @Field(() => Float, { description: "Promised share of targets within, 0.8 or 0.95." })
  readonly level!: number;

  @Field(() => Int, { description: "Step of the horizon, from 1." })
  readonly step!: number;

  @Field(() => Int, { description: "Targets that had an interval." })
  readonly count!: number;

  @Field(() => Float, { description: "Share of them within, 0..1." })
  readonly covered!: number;

  @Field(() => Float, { description: "Lowest share in a block of 50 bars." })
  readonly worstBlock!: number;

  @Field(() => Float, { description: "In the target's unit." })
  readonly meanWidth!: number;

  @Field(() => Float, {
    description: "Width and what misses cost (Winkler 1972), in the target's unit; lower is better.",
  })
  readonly winkler!: number;

  @Field(() => Float, {
    description: "Mean pinball loss of both ends as quantiles, in the target's unit; lower is better.",
  })
  readonly pinball!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Kupiec (1995): how likely so many or so few misses are where the promise holds.",
  })
  readonly kupiecPValue!: number | null;
}

@ObjectType({ description: "Whether what a run sees and says at a bar depends on bars after it." })
export class LeakTest implements results.LeakTest {
  @Field(() => Boolean, { description: "False: something knew what was still to come." })
  readonly passed!: boolean;

  @Field(() => Int, { description: "Cut points after which bars were disturbed at random." })
  readonly checkedCuts!: number;

  @Field(() => String, { description: "What was found, in plain words." })
  readonly detail!: string;
}

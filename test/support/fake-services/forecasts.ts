/** Forecasts of made-up numbers. */
import { InvalidInput } from "../../../server/domain/errors.ts";
import type { Services } from "../../../server/services/services.ts";
import type { FakeMemory } from "./memory.ts";

export const fakeForecasts = ({ series }: FakeMemory) =>
  ({
    async chartPredictions({ config: { horizon } }, { step, maxPoints }) {
      if (step > horizon) throw new InvalidInput("step", `step must be 1..${horizon}, got ${step}`);
      const prices = [101, 102, 103].slice(0, maxPoints);
      const time = prices.map((_, day) => new Date(Date.UTC(2024, 0, 1 + day)));
      const predicted = prices.map((price) => price + 0.5);
      return { time, actual: prices, predicted, naive: prices, lower: [], upper: [] };
    },
    async forecast({ status, seriesId, config }, { steps, level = 0.95, forecaster = "GRU" }) {
      if (status !== "SUCCEEDED") return null;
      const step = Array.from({ length: steps }, (_, at) => at + 1);
      return {
        ...{ forecaster, forecasterName: null, level, step },
        time: step.map((day) => new Date(Date.UTC(2024, 0, day))),
        predicted: step.map((day) => 100 + day),
        lower: step.map(() => 100),
        upper: step.map(() => null),
        isBeyondHorizon: step.map((one) => one > config.horizon),
        seriesVersion: series.get(seriesId)!.version,
        modelAgeBars: 3,
        isUnlikeTraining: false,
        calendar: "every day, as the series has it",
        ...{ recent: [100], recentTime: [new Date(Date.UTC(2023, 11, 31))] },
      };
    },
    bestOfRuns: async (ids) => ({
      ...{ bars: 0, from: null, to: null, problem: "Fewer than two of them have been tested." },
      compared: ids.map((runId) => ({ runId, pValue: null, mayBeBest: false })),
    }),
    trackRecord: async ({ status }) =>
      status === "SUCCEEDED" ? { count: 2, mae: 1, naiveMae: 2, coverage95: 0.5, drift: null } : null,
  }) satisfies Partial<Services>;

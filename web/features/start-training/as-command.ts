/** The form's request as a command for a terminal. Pure. */
import type { StartExperimentInput, StartTrainingInput } from "../../graphql/generated/graphql.ts";
import { curl } from "../../lib/curl.ts";

const oneRun = `mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } } }`;
const severalRuns = `mutation ($input: StartExperimentInput!) { startExperiment(input: $input) { experiment { id } } }`;

export function asCommand(
  origin: string,
  {
    training,
    experiment,
  }: { readonly training: StartTrainingInput; readonly experiment: StartExperimentInput | null },
): string {
  return curl(origin, experiment ? severalRuns : oneRun, { input: given(experiment ?? training) });
}

/** Without what is left to the API. */
const given = (input: object): object =>
  Object.fromEntries(
    Object.entries(input)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name, name === "training" ? given(value as object) : value]),
  );

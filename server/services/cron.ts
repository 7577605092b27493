/** When a schedule's clock strikes: five fields of cron, in UTC. */
import { CronExpressionParser } from "cron-parser";
import { InvalidInput } from "../domain/errors.ts";
import { shortText } from "../domain/short-text.ts";

const longestCron = 100;

/** @returns the text as it came. @throws InvalidInput */
export function checkedCron(cron: string): string {
  shortText("cron", cron, longestCron);
  try {
    nextOf(cron, new Date());
    return cron;
  } catch (error) {
    throw new InvalidInput(
      "cron",
      `cron must be five fields of UTC, minute hour day month weekday, such as "0 22 * * 1-5", got ${JSON.stringify(cron)}: ` +
        `${error instanceof Error ? error.message : error}`,
    );
  }
}

/** Not more often than once a minute: seconds are no field of it. @throws Error where it is none, or never comes */
export function nextOf(cron: string, after: Date): Date {
  if (cron.trim().split(/\s+/).length !== 5) throw new Error("it has another number of fields");
  return CronExpressionParser.parse(cron, { currentDate: after, tz: "UTC" }).next().toDate();
}

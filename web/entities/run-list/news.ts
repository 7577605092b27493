/** What happened to runs while the page was open, as news: ends, failures, and what needs a person. Pure. */
import { signedPercent } from "../../lib/format.ts";
import { said } from "../../lib/words/said.ts";
import { t } from "../../lib/words/t.ts";
import { isFinal } from "../run/status.ts";
import type { RunRow } from "./live-runs.ts";

export interface News {
  /** One run has each piece of news once; one that is resumed may end again. */
  readonly key: string;
  readonly runId: string;
  readonly text: string;
  readonly tone: "good" | "bad" | "caution" | "plain";
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** More are in the list of runs. */
const mostKept = 30;

/** Of what needs a person while it trains: what is said of most runs sooner or later is no news. */
const newsworthy: ReadonlySet<string> = new Set(["DIVERGED", "RISING"]);

/** @param since runs that ended before are old */
export function newsOf(run: RunRow, since: number, now: number): News[] {
  const { id, name, status, attention, finishedAt } = run;
  if (isFinal(status)) {
    const at = finishedAt === null ? now : Date.parse(finishedAt);
    return at < since ? [] : [{ key: `${id} ${at}`, runId: id, at, ...endOf(run) }];
  }
  return attention
    .filter(({ kind }) => newsworthy.has(kind))
    .map(({ kind, message }) => ({
      ...{ key: `${id} ${kind}`, runId: id, at: now },
      ...{ text: t("{name}: {message}", { name, message: said(message) }), tone: "caution" as const },
    }));
}

function endOf({ name, status, scores, epoch }: RunRow): Pick<News, "text" | "tone"> {
  if (status === "FAILED")
    return { text: t("{name} failed after epoch {epoch}", { name, epoch }), tone: "bad" };
  if (status === "CANCELLED")
    return { text: t("{name} was cancelled after epoch {epoch}", { name, epoch }), tone: "plain" };
  const skill = scores.find(({ split }) => split === "TEST")?.skill;
  if (skill === undefined) return { text: t("{name} has ended", { name }), tone: "plain" };
  const values = { name, skill: signedPercent(skill) };
  return skill > 0
    ? { text: t("{name} has ended: {skill}, better than naive", values), tone: "good" }
    : { text: t("{name} has ended: {skill}, no better than naive", values), tone: "plain" };
}

/** `kept` with what is new in `news` in front; the same array where nothing is. */
export function addNews(kept: readonly News[], news: readonly News[]): readonly News[] {
  const known = new Set(kept.map(({ key }) => key));
  const added = news.filter(({ key }) => !known.has(key));
  return added.length === 0 ? kept : [...added.reverse(), ...kept].slice(0, mostKept);
}

/** "30 % of Careful is trained"; null before the first tenth. */
export function tenthOf({ name, status, epoch, config: { epochs } }: RunRow): string | null {
  const tenth = Math.floor((10 * epoch) / epochs);
  return status !== "RUNNING" || tenth < 1 || tenth > 9
    ? null
    : t("{share} % of {name} is trained", { share: 10 * tenth, name });
}

/** The runs of an experiment with their losses, each followed from the moment that it has begun. */
"use client";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import type { RunRow } from "../../entities/run-list/live-runs.ts";
import { browserClock } from "../../lib/live/browser-clock.ts";
import { createThrottle, type Throttle } from "../../lib/live/throttle.ts";
import type { MemberLosses } from "./band-series.ts";
import { testInWords } from "./experiment.ts";
import { MemberFollower, type Told } from "./member-follower.tsx";

interface Members {
  /** The first run first. */
  readonly losses: readonly MemberLosses[];
  /** When each was put to the test, by its run. */
  readonly tests: ReadonlyMap<string, string>;
  /** What has to be mounted to hear them. */
  readonly followers: ReactNode;
}

export function useMembers(runs: readonly RunRow[], timezone: string): Members {
  const [heard, setHeard] = useState<ReadonlyMap<string, Told>>(new Map());
  // All runs are drawn together: several that train would redraw the chart several times as often.
  const throttle = useRef<Throttle<Told>>(null);
  useEffect(() => {
    const gathered = createThrottle<Told>(browserClock, (news) =>
      setHeard((before) => new Map([...before, ...news.map((told) => [told.runId, told] as const)])),
    );
    throttle.current = gathered;
    return () => gathered.drop();
  }, []);
  const [onTold] = useState(() => (told: Told) => throttle.current?.add(told));

  const begun = runs.filter(({ status, epoch }) => status === "RUNNING" || epoch > 0);
  const ids = begun
    .map(({ id }) => id)
    .sort()
    .join(" ");
  const losses = useMemo(
    () =>
      ids.split(" ").flatMap((id) => {
        const told = heard.get(id);
        return told ? [{ id, epochs: told.epochs }] : [];
      }),
    [ids, heard],
  );
  const tests = useMemo(
    () =>
      new Map(
        [...heard.values()].flatMap(({ runId, testTimes }) => {
          const words = testInWords(testTimes, timezone);
          return words === null ? [] : [[runId, words] as const];
        }),
      ),
    [heard, timezone],
  );
  const followers = begun.map(({ id, status }) => (
    <MemberFollower key={id} runId={id} hasSucceeded={status === "SUCCEEDED"} onTold={onTold} />
  ));
  return { losses, tests, followers };
}

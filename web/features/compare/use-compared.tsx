/** The compared runs as they are now, each followed on its own. */
"use client";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { browserClock } from "../../lib/live/browser-clock.ts";
import { createThrottle, type Throttle } from "../../lib/live/throttle.ts";
import { Follower, type Told } from "./follower.tsx";

/** Several runs that train would otherwise redraw the chart several times as often. */
export function useCompared(ids: readonly string[]): {
  told: ReadonlyMap<string, Told>;
  followers: ReactNode;
} {
  const [told, setTold] = useState<ReadonlyMap<string, Told>>(new Map());
  const throttle = useRef<Throttle<Told>>(null);
  useEffect(() => {
    const gathered = createThrottle<Told>(browserClock, (news) =>
      setTold((before) => new Map([...before, ...news.map((one) => [one.id, one] as const)])),
    );
    throttle.current = gathered;
    return () => gathered.drop();
  }, []);
  const [onTold] = useState(() => (one: Told) => throttle.current?.add(one));
  return { told, followers: ids.map((id) => <Follower key={id} id={id} onTold={onTold} />) };
}

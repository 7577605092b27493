/** The first page: what is happening now, whether anything needed somebody, and which is best so far. */
"use client";
import { parseAsStringLiteral, useQueryStates } from "nuqs";
import { useEffect, useMemo, useState } from "react";
import { Failure } from "../../components/states.tsx";
import { TabTitle } from "../../components/tab-title.tsx";
import { clockTime } from "../../lib/format.ts";
import { lastHeardAt } from "../../lib/live/socket.ts";
import { useConnection } from "../../lib/live/use-connection.ts";
import { t } from "../../lib/words/t.ts";
import { BestCard } from "./best-card.tsx";
import { headline } from "./headline.ts";
import { NewcomerCards } from "./newcomer-cards.tsx";
import styles from "./now-page.module.css";
import { inTurn, startsIn } from "./queue.ts";
import { QueueCard } from "./queue-card.tsx";
import { endedSince } from "./since.ts";
import { SinceCard } from "./since-card.tsx";
import type { Slots } from "./slots.ts";
import { TileGrid, TilesToCome } from "./tile-grid.tsx";
import { useNewcomer } from "./use-newcomer.ts";
import { type NowRuns, useNowRuns } from "./use-now-runs.ts";
import { useSeen } from "./use-seen.ts";
import { useSlots } from "./use-slots.ts";
import { type Standings, useStandings } from "./use-standings.ts";
import { WorkersCard } from "./workers-card.tsx";

const looks = {
  /** For a screen on a wall: large, without bars, nothing to press. */
  wall: parseAsStringLiteral(["1"]),
  /** "newest": only the run that began last. */
  follow: parseAsStringLiteral(["newest"]),
};

export function NowPage() {
  const [asked] = useQueryStates(looks);
  const wall = asked.wall !== null;
  const { follow } = asked;
  const { runs, error, refetch } = useNowRuns();
  const { phase } = useConnection();
  const isStale = phase !== "open";
  const live = useMemo(() => runs?.live.map(({ id }) => id) ?? null, [runs]);
  const placed = useSlots(live);
  const followed = useNewest(live);
  const { standings, isKnown } = useStandings(
    runs ? `${runs.ended[0]?.id} ${runs.live.length} ${runs.waiting.length}` : "",
  );
  const newcomer = useNewcomer();
  const seen = useSeen();
  useWall(wall);

  // All of it comes at once: what came first would be pushed about by what comes later.
  const isReady = runs !== null && isKnown && newcomer.cards !== null && seen.seenAt !== null;
  const room = useRoom(isReady ? Math.max(standings?.workers.length ?? 0, runs.live.length) : null);
  const heardAt = lastHeardAt();
  if (error) return <Failure error={error} onRetry={refetch} />;
  return (
    <div className={styles.page} data-wall={wall || undefined}>
      <TabTitle>{t("page|Now")}</TabTitle>
      <header className={styles.head}>
        <h1>{t("page|Now")}</h1>
        <p className={styles.line} data-testid="headline">
          {standings ? headline(standings) : "\u00a0"}
        </p>
        {isStale && (
          <p className={styles.stale} role="status">
            {heardAt === null
              ? t("These numbers are old")
              : t("These numbers are old, of {time}", { time: clockTime(heardAt) })}
          </p>
        )}
      </header>
      {isReady ? (
        <>
          {!wall && <NewcomerCards cards={newcomer.cards ?? []} onPutAway={newcomer.putAway} />}
          <div className={follow === "newest" ? undefined : styles.body}>
            <div className={styles.column}>
              <TileGrid
                slots={follow === "newest" ? followed : placed}
                runs={runs.byId}
                least={follow === "newest" ? 1 : room}
                isLarge={wall || follow === "newest"}
                isTouchable={!wall}
                isStale={isStale}
              />
              {follow !== "newest" && <Next runs={runs} standings={standings} isTouchable={!wall} />}
            </div>
            {follow !== "newest" && (
              <div className={styles.column}>
                <SinceCard
                  runs={endedSince(runs.ended, seen.seenAt ?? 0)}
                  onRead={wall ? null : seen.markRead}
                />
                {standings && <BestCard leaders={standings.seriesLeaders} isTouchable={!wall} />}
                {standings && <WorkersCard workers={standings.workers} isTouchable={!wall} />}
              </div>
            )}
          </div>
        </>
      ) : (
        <TilesToCome />
      )}
    </div>
  );
}

interface NextProps {
  readonly runs: NowRuns;
  readonly standings: Standings | null;
  readonly isTouchable: boolean;
}

function Next({ runs, standings, isTouchable }: NextProps) {
  const queue = inTurn(runs.waiting);
  const left = runs.live.map(({ etaMs }) => etaMs);
  const idle = standings?.workers.filter(({ status }) => status === "IDLE").length ?? 0;
  return (
    <QueueCard
      queue={queue}
      starts={startsIn(queue, left, idle, runs.ended)}
      total={standings?.runFigures.waiting ?? 0}
      isTouchable={isTouchable}
    />
  );
}

/**
 * How many places there are from the start on: what stands beneath them must not move when a run begins while another
 * still keeps its place.
 * @param atOnce runs that train at once, as far as is known at the start
 */
function useRoom(atOnce: number | null): number {
  const [room, setRoom] = useState<number | null>(null);
  if (room === null && atOnce !== null) setRoom(Math.max(leastRoom, 2 * atOnce));
  return room ?? leastRoom;
}
const leastRoom = 4;

/** The one that began last; it stays after its end until another begins. */
function useNewest(live: readonly string[] | null): Slots {
  const [shown, setShown] = useState<string | null>(null);
  const newest = live?.at(-1) ?? null;
  if (newest !== null && newest !== shown) setShown(newest);
  return useMemo(() => (shown === null ? [] : [{ runId: shown, endedAt: null }]), [shown]);
}

/** The frame around the page goes by this, too. */
function useWall(isWall: boolean): void {
  useEffect(() => {
    if (!isWall) return;
    document.documentElement.dataset.wall = "on";
    return () => {
      delete document.documentElement.dataset.wall;
    };
  }, [isWall]);
}

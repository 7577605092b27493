/** Schedules: what is trained again and again. db/ implements it. */
import type { Transaction } from "./transaction.ts";

export interface Schedule {
  readonly id: string;
  readonly name: string;
  readonly seriesId: string;
  /** The request of each training, as it came; services/change-schedules.ts knows its shape. */
  readonly training: object;
  /** After so many new bars; null where it goes by the clock. */
  readonly everyBars: number | null;
  readonly cron: string | null;
  /** The champion forecasts until so many bars came after its last one; null: for ever. */
  readonly expiryBars: number | null;
  /** The run that forecasts. */
  readonly championId: string | null;
  /** The newest run that was compared with the champion. */
  readonly judgedId: string | null;
  /** Bars of the series when it last started a training. */
  readonly barsSeen: number;
  readonly nextAt: Date | null;
  /** Why the last try to start one failed; null after one that did not. */
  readonly problem: string | null;
  readonly createdAt: Date;
}

export type NewSchedule = Pick<
  Schedule,
  "name" | "seriesId" | "training" | "everyBars" | "cron" | "expiryBars" | "nextAt"
>;
export type SchedulePatch = Partial<
  Pick<Schedule, "championId" | "judgedId" | "barsSeen" | "nextAt" | "problem">
>;

export interface ScheduleStore {
  /** @throws NotFound when its series is gone */
  create(schedule: NewSchedule): Promise<Schedule>;
  find(id: string): Promise<Schedule | null>;
  /** The oldest first; of one series, or all. */
  list(seriesId: string | null): Promise<Schedule[]>;
  /** Its runs stay. @returns whether there was one */
  delete(id: string): Promise<boolean>;
  update(tx: Transaction, id: string, patch: SchedulePatch): Promise<void>;
  /** Locks it until the transaction ends; null where it is gone, or another process has it. */
  lock(tx: Transaction, id: string): Promise<Schedule | null>;
  /** Ids of its runs that succeeded after `judgedId`, the oldest first. */
  unjudged(schedule: Pick<Schedule, "id" | "judgedId">): Promise<readonly string[]>;
}

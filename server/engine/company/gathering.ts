/**
 * Where models of one shape, batch size and loss wait for each other before each epoch. Those who come to the same place of
 * the same epoch train together; who comes to another place, alone.
 *
 *   ask ─► wait for those who are awaited ─► all are there, or the wait is over ─► train, party by party ─► answers
 */
import {
  Diverged,
  type Engine,
  type EpochProgress,
  type ModelShape,
  type ModelState,
  ShapeUnsupported,
  type TrainingOptions,
  type WindowSet,
} from "../engine.ts";
import { Seats } from "./seats.ts";
import type { WindowsInCommon } from "./windows-in-common.ts";

export interface Waits {
  /** After the newest came, before the first epoch of all: runs of one experiment start one after the other. */
  readonly newcomersMs: number;
  /** For a member that is there and does not ask; then it is waited for no more until it does. */
  readonly stragglersMs: number;
}
/** What is asked of a model that comes here (member.ts). */
export interface Guest {
  readonly options: TrainingOptions;
  readonly rate: number;
  /** Whether the others wait for it. */
  isAwaited: boolean;
  hasTrained: boolean;
  readonly seats: Seats;
  isAt(seats: Seats, seat: number): boolean;
  moveTo(place: { readonly seats: Seats; readonly seat: number }): Promise<void>;
  snapshot(): Promise<ModelState>;
}
export interface Wish {
  readonly member: Guest;
  readonly windows: WindowSet;
  readonly epoch: number;
  readonly from: EpochProgress;
  readonly pause: AbortSignal | undefined;
  readonly leave: AbortSignal | undefined;
}
interface Waiting extends Wish {
  answer(progress: EpochProgress): void;
  fail(error: unknown): void;
}

export class Gathering {
  private readonly members = new Set<Guest>();
  private waiting: Waiting[] = [];
  private timer: NodeJS.Timeout | undefined;
  private isTraining = false;
  /** More than so many did not fit on the device. */
  private mostTogether = Number.POSITIVE_INFINITY;

  constructor(
    private readonly engine: Pick<Engine, "createModels">,
    private readonly shape: ModelShape,
    readonly windows: WindowsInCommon,
    private readonly waits: Waits,
  ) {}

  join(member: Guest): void {
    this.members.add(member);
  }

  leave(member: Guest): void {
    this.members.delete(member);
    if (this.members.size === 0) this.windows.forget();
    this.look();
  }

  waitNoMoreFor(member: Guest): void {
    member.isAwaited = false;
    this.look();
  }

  async trainEpoch(wish: Wish): Promise<EpochProgress> {
    const { member, from, leave } = wish;
    if (leave?.aborted) return from;
    member.isAwaited = true;
    const windows = this.windows.of(wish.windows);
    let giveUp = () => {};
    try {
      return await new Promise((answer, fail) => {
        const mine = { ...wish, windows, answer, fail };
        giveUp = () => {
          if (!this.waiting.includes(mine)) return;
          this.waiting = this.waiting.filter((one) => one !== mine);
          answer(from);
          this.waitNoMoreFor(member);
        };
        leave?.addEventListener("abort", giveUp);
        this.waiting.push(mine);
        this.look();
      });
    } finally {
      leave?.removeEventListener("abort", giveUp);
    }
  }

  private look(): void {
    clearTimeout(this.timer);
    if (this.isTraining || this.waiting.length === 0) return;
    const isNew = [...this.members].every(({ hasTrained }) => !hasTrained);
    const areAllHere = this.missing().length === 0;
    if (!isNew && areAllHere) return void this.train();
    const waitMs = areAllHere ? this.waits.newcomersMs : this.waits.stragglersMs;
    this.timer = setTimeout(() => {
      for (const member of this.missing()) member.isAwaited = false;
      void this.train();
    }, waitMs);
  }

  private missing(): Guest[] {
    const here = new Set(this.waiting.map(({ member }) => member));
    return [...this.members].filter((member) => member.isAwaited && !here.has(member));
  }

  private async train(): Promise<void> {
    this.isTraining = true;
    // In the order in which they joined: the same members sit in the same seats, whoever came first today.
    const order = [...this.members];
    const waiting = this.waiting
      .splice(0)
      .sort((one, other) => order.indexOf(one.member) - order.indexOf(other.member));
    const parties = partiesOf(waiting, this.mostTogether);
    for (const party of parties) await this.trainTogether(party);
    this.isTraining = false;
    this.look();
  }

  /** Answers each of them, whatever happens. */
  private async trainTogether(party: readonly Waiting[]): Promise<void> {
    const pause = anyOf(party.map((one) => one.pause));
    const leave = anyOf(party.map((one) => one.leave));
    try {
      const seats = await this.seatsFor(party.map(({ member }) => member));
      const { windows, epoch } = party[0]!;
      const outcomes = await seats.trainEpoch(
        windows,
        epoch,
        party.map(({ from }) => from),
        party.map(({ member }) => member.rate),
        { pause: pause.signal, leave: leave.signal },
      );
      for (const [index, { member, answer, fail, leave: own }] of party.entries()) {
        const outcome = outcomes[index]!;
        member.hasTrained = true;
        // One that was told to stop, or diverged, comes back for its state alone.
        if (own?.aborted || outcome instanceof Diverged) member.isAwaited = false;
        if (outcome instanceof Diverged) fail(outcome);
        else answer(outcome);
      }
    } catch (error) {
      if (error instanceof ShapeUnsupported && party.length > 1) {
        this.mostTogether = Math.ceil(party.length / 2);
        for (const smaller of partiesOf(party, this.mostTogether)) await this.trainTogether(smaller);
      } else for (const { fail } of party) fail(error);
    } finally {
      pause.end();
      leave.end();
    }
  }

  /** Those where exactly these members sit already, or new ones with their states. */
  private async seatsFor(members: readonly Guest[]): Promise<Seats> {
    const first = members[0]!.seats;
    if (first.count === members.length && members.every((member, seat) => member.isAt(first, seat)))
      return first;
    const states = await Promise.all(members.map((member) => member.snapshot()));
    const seats = await Seats.create(
      this.engine,
      this.shape,
      members.map(({ options }) => options),
    );
    try {
      await seats.restore(states);
    } catch (error) {
      await seats.dispose();
      throw error;
    }
    for (const [seat, member] of members.entries()) await member.moveTo({ seats, seat });
    return seats;
  }
}

/** Those who train the same batches of the same windows next, at most `most` in each party. */
function partiesOf(waiting: readonly Waiting[], most: number): Waiting[][] {
  const parties: Waiting[][] = [];
  for (const one of waiting) {
    const party = parties.find((others) => others.length < most && goesWith(one, others[0]!));
    if (party) party.push(one);
    else parties.push([one]);
  }
  return parties;
}

const goesWith = (one: Waiting, other: Waiting): boolean =>
  one.windows === other.windows &&
  one.epoch === other.epoch &&
  one.from.nextBatch === other.from.nextBatch &&
  one.from.finished === other.from.finished;

/** A signal that aborts with the first of them. */
function anyOf(signals: readonly (AbortSignal | undefined)[]): { signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const those = signals.filter((signal) => signal !== undefined);
  if (those.some(({ aborted }) => aborted)) abort();
  for (const signal of those) signal.addEventListener("abort", abort);
  return {
    signal: controller.signal,
    end() {
      for (const signal of those) signal.removeEventListener("abort", abort);
    },
  };
}

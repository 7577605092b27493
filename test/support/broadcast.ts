/** Sends values to everyone who listens, and knows how many do. */
export class Broadcast<T> {
  #listeners = new Set<Listener<T>>();
  #countChanged: (() => void)[] = [];

  send(value: T): void {
    for (const listener of this.#listeners) listener.put(value);
  }

  /** Every listener's next value is an error. */
  fail(error: Error): void {
    for (const listener of this.#listeners) listener.fail(error);
  }

  listen(): Listener<T> {
    const listener = new Listener<T>(() => {
      this.#listeners.delete(listener);
      this.#notify();
    });
    this.#listeners.add(listener);
    this.#notify();
    return listener;
  }

  /** Resolves once exactly so many listen. */
  async untilListeners(count: number): Promise<void> {
    while (this.#listeners.size !== count) {
      await new Promise<void>((resolve) => this.#countChanged.push(resolve));
    }
  }

  #notify(): void {
    for (const resolve of this.#countChanged.splice(0)) resolve();
  }
}

class Listener<T> implements AsyncIterableIterator<T, undefined> {
  #unread: T[] = [];
  #error: Error | null = null;
  #closed = false;
  #wake: (() => void) | null = null;
  readonly #left: () => void;

  constructor(left: () => void) {
    this.#left = left;
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  put(value: T): void {
    this.#unread.push(value);
    this.#wake?.();
  }

  fail(error: Error): void {
    this.#error = error;
    this.#wake?.();
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    while (!this.#closed) {
      if (this.#unread.length > 0) return { done: false, value: this.#unread.shift() as T };
      if (this.#error) throw this.#error;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.#closed = true;
    this.#left();
    this.#wake?.();
    return { done: true, value: undefined };
  }
}

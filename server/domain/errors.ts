/** What can go wrong through nobody's bug. The API turns each into a GraphQL error of the same code. */

/**
 * The request cannot be met as it is. `field` is the path of the input that is to blame; `choices` are values that it may
 * take instead, for programs that offer them.
 */
export class InvalidInput extends Error {
  readonly code = "BAD_USER_INPUT";
  constructor(
    readonly field: string,
    message: string,
    readonly choices: readonly string[] | null = null,
  ) {
    super(message);
  }
}

export class NotFound extends Error {
  readonly code = "NOT_FOUND";
}

/** The request contradicts what is stored, such as a reused idempotency key with another body. */
export class Conflict extends Error {
  readonly code = "CONFLICT";
}

/** More than is allowed at a time. `details` are for programs, which read no message. */
export class LimitExceeded extends Error {
  readonly code = "LIMIT_EXCEEDED";
  constructor(
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** What is needed is in others' hands just now: the same again may succeed after a moment. */
export class Unavailable extends Error {
  readonly code = "UNAVAILABLE";
  constructor(
    message: string,
    readonly retryAfterMs: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The store of checkpoints could not be asked: the same again may succeed, once it is back or its setting is right. */
export class StoreAway extends Error {
  /** @param refused it answered, and said no: waiting alone does not help. */
  constructor(
    message: string,
    readonly refused: boolean,
  ) {
    super(message);
  }
}

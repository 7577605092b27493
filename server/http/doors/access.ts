/** Who may ask, by which names, and how much: what an operator may set. */

export interface Access {
  /** Names by which the server may be asked besides its own, each with a port or for every port; null: any name. */
  readonly allowedHosts: readonly string[] | null;
  /** Where people open the dashboard when a proxy serves it, such as https://gru.example.net. */
  readonly publicUrl: string | null;
  /** Of one address, on average over ten seconds. */
  readonly requestsPerSecond: number;
  /** Of one address at a time, and as many WebSockets. */
  readonly connectionsPerAddress: number;
}

export const usualAccess: Access = {
  allowedHosts: [],
  publicUrl: null,
  requestsPerSecond: 100,
  connectionsPerAddress: 500,
};

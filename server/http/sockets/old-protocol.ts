/**
 * Clients from before 2021 (subscriptions-transport-ws) speak a protocol that is, confusingly, called graphql-ws. Their library
 * shows a connection_error to the user and a close reason only in a debugger, so we send both.
 */
import { CloseCode, DEPRECATED_GRAPHQL_WS_PROTOCOL, GRAPHQL_TRANSPORT_WS_PROTOCOL } from "graphql-ws";
import type { WebSocket } from "ws";

/** A handshake without a protocol that was offered would fail before anything can be said. */
export function chooseProtocol(offered: ReadonlySet<string>): string | false {
  return (
    [GRAPHQL_TRANSPORT_WS_PROTOCOL, DEPRECATED_GRAPHQL_WS_PROTOCOL].find((name) => offered.has(name)) ?? false
  );
}

/** Of at most 123 bytes. */
const reason =
  'speak graphql-transport-ws (npm package "graphql-ws"), not the old graphql-ws of subscriptions-transport-ws';

/** True: the socket was refused. */
export function refuseOldProtocol(socket: WebSocket): boolean {
  if (socket.protocol !== DEPRECATED_GRAPHQL_WS_PROTOCOL) return false;
  const message = `Gatecast expects another protocol: ${reason}. See docs/LIVE.md`;
  socket.send(JSON.stringify({ type: "connection_error", payload: { message } }));
  socket.close(CloseCode.SubprotocolNotAcceptable, reason);
  return true;
}

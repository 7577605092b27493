/** The connection's state, for components. */
"use client";
import { useSyncExternalStore } from "react";
import type { ConnectionState } from "./connection.ts";
import { connection } from "./socket.ts";

const openFromTheStart: ConnectionState = { phase: "open", restored: 0 };

export const useConnection = (): ConnectionState =>
  useSyncExternalStore(connection.onChange, connection.state, () => openFromTheStart);

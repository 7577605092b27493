/** The connection's state, for components. */
"use client";
import { useSyncExternalStore } from "react";
import { type ConnectionState, openFromTheStart } from "./connection.ts";
import { connection } from "./socket.ts";

export const useConnection = (): ConnectionState =>
  useSyncExternalStore(connection.onChange, connection.state, () => openFromTheStart);

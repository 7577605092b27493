/** The table's state in the address: back and reload bring it all back. */
"use client";
import { useQueryStates } from "nuqs";
import { addressParsers } from "./address.ts";

export const useTableState = () =>
  useQueryStates(addressParsers, { history: "replace", scroll: false, shallow: true });
export type SetTableState = ReturnType<typeof useTableState>[1];

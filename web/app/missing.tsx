/** What stands where a page's run, series or experiment is not there; the server looked it up: server/http/missing-page.ts. */
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { NoSuch, type Sought } from "./no-such.tsx";

/** @param children the page, where it is about something */
// Not Next's notFound(): a page that throws it comes without its content and without the theme.
export async function OrMissing({ what, children }: { what: Sought; children: ReactNode }) {
  return (await headers()).has("x-gatecast-missing") ? <NoSuch what={what} /> : children;
}

/** What stands where a page's run, series or experiment is not there; the server looked it up: server/http/missing-page.ts. */
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { NothingHere } from "../components/nothing-here.tsx";

interface Props {
  readonly what: string;
  readonly href: string;
  readonly way: string;
  /** The page, where it is about something. */
  readonly children: ReactNode;
}

// Not Next's notFound(): a page that throws it comes without its content and without the theme.
export async function OrMissing({ what, href, way, children }: Props) {
  if (!(await headers()).has("x-gatecast-missing")) return children;
  return (
    <NothingHere title={`There is no such ${what}`} href={href} way={way}>
      The address may be mistyped, or the {what} was deleted.
    </NothingHere>
  );
}

/** Whether what a page is about exists; the server looked it up before: server/http/missing-page.ts. */
import { headers } from "next/headers";
import { notFound } from "next/navigation";

/** Answers 404 where there is no such one. */
export async function orNotFound(): Promise<void> {
  if ((await headers()).has("x-gatecast-missing")) notFound();
}

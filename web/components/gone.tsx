/** In the place of a page about something that was there when the page was opened, and was deleted since. */
"use client";
import { type ReactNode, useEffect } from "react";
import { announce } from "../lib/announcer.ts";
import { t } from "../lib/words/t.ts";
import { Card } from "./card.tsx";
import { Empty } from "./states.tsx";
import { TabTitle } from "./tab-title.tsx";

interface Props {
  /** "This run was deleted" */
  readonly title: string;
  /** The way on. */
  readonly action: ReactNode;
}

export function Gone({ title, action }: Props) {
  useEffect(() => announce(title), [title]);
  return (
    <Card>
      <TabTitle>{title}</TabTitle>
      <h1 className="visually-hidden">{title}</h1>
      <Empty title={title} action={action}>
        {t("It was deleted while this page was open, here, in another tab or by somebody else.")}
      </Empty>
    </Card>
  );
}

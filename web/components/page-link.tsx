/**
 * A link to another page, fetched when somebody is about to follow it. Next fetches every linked page as soon as a link
 * is seen: fifteen requests that the first chart's data had to wait for, and one more for each row that is scrolled by.
 */
"use client";
import Link from "next/link";
import { type ComponentProps, useState } from "react";

export function PageLink({ onPointerEnter, onFocus, ...rest }: ComponentProps<typeof Link>) {
  const [isNear, setIsNear] = useState(false);
  return (
    <Link
      {...rest}
      prefetch={isNear ? null : false}
      onPointerEnter={(event) => {
        setIsNear(true);
        onPointerEnter?.(event);
      }}
      onFocus={(event) => {
        setIsNear(true);
        onFocus?.(event);
      }}
    />
  );
}

/** Renders a component as a page would: with a GraphQL client whose answers the test gives, at an address, in a language. */
import { render } from "@testing-library/react";
import { type UserEvent, userEvent } from "@testing-library/user-event";
import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { PathnameContext } from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import type { ComponentProps, ReactElement, ReactNode } from "react";
import { Client, cacheExchange, fetchExchange, Provider } from "urql";
import type { Language } from "../../../web/lib/words/language.ts";
import InChinese from "../../../web/lib/words/zh/index.tsx";

export interface Asked {
  readonly name: string;
  readonly variables: Readonly<Record<string, unknown>>;
}
/** By the operation's name: its data, or an Error, whose message is the API's. */
export type Answers = Readonly<Record<string, (variables: Asked["variables"]) => object | Promise<object>>>;

interface Surroundings {
  readonly answers?: Answers;
  readonly path?: string;
  readonly language?: Language;
}

export interface Shown {
  readonly user: UserEvent;
  /** What was asked of the API, oldest first. */
  readonly asked: readonly Asked[];
  /** Addresses that it went to. */
  readonly visited: readonly string[];
  readonly unmount: () => void;
}

export function show(
  element: ReactElement,
  { answers = {}, path = "/", language = "en" }: Surroundings = {},
): Shown {
  document.documentElement.lang = language;
  const asked: Asked[] = [];
  const visited: string[] = [];
  const client = clientWith(answers, asked);
  const Page = ({ children }: { children: ReactNode }) => (
    <AppRouterContext value={routerTo(visited)}>
      <PathnameContext value={path}>
        <Provider value={client}>{language === "zh" ? <InChinese>{children}</InChinese> : children}</Provider>
      </PathnameContext>
    </AppRouterContext>
  );
  const { unmount } = render(element, { wrapper: Page });
  return { unmount, user: userEvent.setup(), asked, visited };
}

/** The exchanges of web/lib/graphql-client.ts; only the wire is the test's. */
function clientWith(answers: Answers, asked: Asked[]): Client {
  return new Client({
    url: "http://localhost/graphql",
    exchanges: [cacheExchange, fetchExchange],
    requestPolicy: "cache-and-network",
    preferGetMethod: false,
    fetch: async (_url, request) => {
      const { operationName: name, variables } = JSON.parse(String(request?.body));
      asked.push({ name, variables });
      const answer = await answers[name]?.(variables);
      if (!answer) throw new Error(`the test has no answer to ${name}`);
      const isRefused = answer instanceof Error;
      const body = isRefused ? { errors: [{ message: answer.message }] } : { data: answer };
      return new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } });
    },
  });
}

type Router = NonNullable<ComponentProps<typeof AppRouterContext>["value"]>;
const routerTo = (visited: string[]): Router => {
  const go = (href: string) => {
    visited.push(href);
  };
  const nothing = () => {};
  return {
    push: go,
    replace: go,
    prefetch: nothing,
    back: nothing,
    forward: nothing,
    refresh: nothing,
  } as unknown as Router;
};

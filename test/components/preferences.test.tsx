/** How one person wants to see the dashboard: their language, theme and colour of rising prices. */
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Preferences } from "../../web/components/preferences.tsx";
import { useUpColour } from "../../web/components/price-plot/up-colour.ts";
import { themeScript } from "../../web/lib/theme.ts";
import { show } from "./support/show.tsx";

const radio = (name: string) => screen.getByRole<HTMLInputElement>("radio", { name });

test("are behind a button, and say what is chosen", async () => {
  const { user } = show(<Preferences />);
  expect(screen.queryByRole("radio")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Preferences" }));
  for (const name of ["English", "As the system", "Green up"]) expect(radio(name).checked).toBe(true);
});

test("a theme is taken at once and kept in this browser", async () => {
  // The page's own, which runs before its first paint.
  new Function(themeScript)();
  const { user, unmount } = show(<Preferences />);
  await user.click(screen.getByRole("button", { name: "Preferences" }));
  await user.click(radio("Dark"));
  expect(document.documentElement.dataset.theme).toBe("dark");
  unmount();
  const again = show(<Preferences />);
  await again.user.click(screen.getByRole("button", { name: "Preferences" }));
  expect(radio("Dark").checked).toBe(true);
});

test("another colour of rising prices reaches every chart of the page", async () => {
  function Chart() {
    const [colour] = useUpColour();
    return <p>{`a rising bar is ${colour}`}</p>;
  }
  const { user } = show(
    <>
      <Preferences />
      <Chart />
    </>,
  );
  expect(screen.getByText("a rising bar is green")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Preferences" }));
  await user.click(radio("Red up"));
  expect(screen.getByText("a rising bar is red")).toBeTruthy();
});

test("in Chinese every word is, rising prices are red, and who is lost finds English by its own name", async () => {
  const { user } = show(<Preferences />, { language: "zh" });
  await user.click(screen.getByRole("button", { name: "偏好设置" }));
  expect(radio("简体中文").checked).toBe(true);
  expect(radio("红涨").checked).toBe(true);
  const words = [...document.querySelectorAll("h2, p, legend, label")].map(({ textContent }) => textContent);
  expect(words.filter((text) => /[a-z]/i.test(text ?? ""))).toEqual(["English"]);
  await user.click(radio("English"));
  // What the server goes by when it writes the page anew.
  expect(document.cookie).toContain("gatecast.language=en");
});

/** A labelled field: its hint and what is wrong with it are read with it. */
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Check, Checks, TextInput } from "../../web/features/start-training/inputs.tsx";
import { show } from "./support/show.tsx";

/** What a screen reader says after a control's name. */
const descriptionOf = (control: HTMLElement): string =>
  (control.getAttribute("aria-describedby") ?? "")
    .split(" ")
    .map((id) => document.getElementById(id)?.textContent ?? "")
    .join(" ")
    .trim();
const isInvalid = (control: HTMLElement) => control.getAttribute("aria-invalid") === "true";
const common = { name: "window", label: "Window", onChange: () => {} };

test("a hint is read with its field", () => {
  show(<TextInput {...common} hint="Bars that it sees" error={undefined} value="60" />);
  const field = screen.getByRole("textbox", { name: "Window" });
  expect(descriptionOf(field)).toBe("Bars that it sees");
  expect(isInvalid(field)).toBe(false);
});

test("what is wrong is read in the hint's place, beside what was typed", () => {
  show(<TextInput {...common} hint="Bars that it sees" error="Takes 2 to 512" value="6oo" />);
  const field = screen.getByRole<HTMLInputElement>("textbox", { name: "Window" });
  expect(descriptionOf(field)).toBe("Takes 2 to 512");
  expect(isInvalid(field)).toBe(true);
  expect(field.value).toBe("6oo");
});

test("so it is with a box to tick, whose hint is not part of its name", () => {
  show(<Check {...common} label="Shuffle" hint="In another order each epoch" error="Takes no folds" value />);
  const box = screen.getByRole("checkbox", { name: "Shuffle" });
  expect(descriptionOf(box)).toBe("In another order each epoch Takes no folds");
  expect(isInvalid(box)).toBe(true);
});

test("so it is with several boxes, of which one must be ticked", () => {
  const options = [
    { value: "OPEN", name: "Open" },
    { value: "CLOSE", name: "Close" },
  ];
  show(<Checks {...common} label="Inputs" error="Takes at least one" value={[]} options={options} />);
  expect(descriptionOf(screen.getByRole("group", { name: "Inputs" }))).toBe("Takes at least one");
});

test("two fields of one name are told apart", async () => {
  const { user } = show(
    <>
      <TextInput {...common} label="Units" error="Takes 1 to 512" value="0" />
      <TextInput {...common} label="Dropout" error={undefined} value="0.2" />
    </>,
  );
  expect(descriptionOf(screen.getByRole("textbox", { name: "Units" }))).toBe("Takes 1 to 512");
  expect(descriptionOf(screen.getByRole("textbox", { name: "Dropout" }))).toBe("");
  await user.click(screen.getByText("Dropout"));
  expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Dropout" }));
});

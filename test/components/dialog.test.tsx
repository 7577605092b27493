/** A question that must be answered: what it says, what its answers do, and where the focus goes. */
import { screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { Dialog } from "../../web/components/dialog.tsx";
import { FocusKeeper } from "../../web/components/focus-keeper.tsx";
import { show } from "./support/show.tsx";

function Page({ onYes = () => {} }: { onYes?: () => void }) {
  const [isAsking, setIsAsking] = useState(false);
  const no = () => setIsAsking(false);
  return (
    <>
      <button type="button" onClick={() => setIsAsking(true)}>
        Delete
      </button>
      {isAsking && (
        <Dialog title="Delete it?" yes="Yes, delete" no="Keep it" onYes={onYes} onNo={no}>
          It is gone then.
        </Dialog>
      )}
    </>
  );
}

test("asks by its title, says what would happen, and does what is answered", async () => {
  const yes = vi.fn();
  const { user } = show(<Page onYes={yes} />);
  await user.click(screen.getByRole("button", { name: "Delete" }));
  const dialog = screen.getByRole("dialog", { name: "Delete it?" });
  expect(dialog.textContent).toContain("It is gone then.");
  await user.click(screen.getByRole("button", { name: "Yes, delete" }));
  expect(yes).toHaveBeenCalledOnce();
  await user.click(screen.getByRole("button", { name: "Keep it" }));
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("gives the focus back to what asked for it, and so it does where the browser closes it by Escape", async () => {
  const { user } = show(<Page />);
  const opener = screen.getByRole("button", { name: "Delete" });
  for (const end of [
    () => user.click(screen.getByRole("button", { name: "Keep it" })),
    async () => screen.getByRole<HTMLDialogElement>("dialog").close(),
  ]) {
    await user.click(opener);
    screen.getByRole("button", { name: "Yes, delete" }).focus();
    await end();
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(document.activeElement).toBe(opener);
  }
});

test("cannot be answered with yes twice", async () => {
  const yes = vi.fn();
  const { user } = show(
    <Dialog title="Delete it?" yes="Yes" no="No" isBusy onYes={yes} onNo={() => {}}>
      It is gone then.
    </Dialog>,
  );
  await user.click(screen.getByRole("button", { name: "Yes" }));
  expect(yes).not.toHaveBeenCalled();
});

test("a button that vanishes leaves the focus near by, not at the top of the page", async () => {
  function Row() {
    const [isOver, setIsOver] = useState(false);
    return (
      <section aria-label="run">
        {!isOver && (
          <button type="button" onClick={() => setIsOver(true)}>
            Stop
          </button>
        )}
        <a href="/runs/1">careful</a>
      </section>
    );
  }
  const { user } = show(
    <>
      <FocusKeeper />
      <a href="/">first of the page</a>
      <Row />
    </>,
  );
  await user.click(screen.getByRole("button", { name: "Stop" }));
  const near = screen.getByRole("region", { name: "run" });
  await vi.waitFor(() => expect(near.contains(document.activeElement)).toBe(true));
});

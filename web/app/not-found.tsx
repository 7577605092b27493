/** An address that leads nowhere. */
import { NothingHere } from "../components/nothing-here.tsx";

export default function NotFound() {
  return (
    <NothingHere title="There is no such page" href="/" way="To what is happening now">
      The address may be mistyped.
    </NothingHere>
  );
}

/** The address of a series that is not there. */
import { NothingHere } from "../../../components/nothing-here.tsx";

export default function NotFound() {
  return (
    <NothingHere title="There is no such series" href="/series" way="All series">
      The address may be mistyped, or the series was deleted.
    </NothingHere>
  );
}

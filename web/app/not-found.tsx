/** An address that leads nowhere. */
import { ButtonLink } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { Empty } from "../components/states.tsx";
import { TabTitle } from "../components/tab-title.tsx";

export default function NotFound() {
  return (
    <Card>
      <TabTitle>Not found</TabTitle>
      <Empty title="There is no such page" action={<ButtonLink href="/">To the runs</ButtonLink>}>
        The address may be mistyped.
      </Empty>
    </Card>
  );
}

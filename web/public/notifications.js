/** Shows news outside of the page where only a service worker may, as on phones. It stores nothing and answers no request. */
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const show = async () => {
    const [page] = await self.clients.matchAll({ type: "window" });
    return page ? page.focus() : self.clients.openWindow("/");
  };
  event.waitUntil(show());
});

/** News outside of the page, for who asked the browser for it. */

const picture = "/icon-192.png";

export async function notify(text: string): Promise<void> {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  try {
    new Notification("Gatecast", { body: text, icon: picture });
  } catch {
    // Browsers of phones let only a service worker do it.
    await byServiceWorker(text).catch(() => undefined);
  }
}

async function byServiceWorker(text: string): Promise<void> {
  await navigator.serviceWorker.register("/notifications.js");
  const worker = await navigator.serviceWorker.ready;
  await worker.showNotification("Gatecast", { body: text, icon: picture, badge: picture });
}

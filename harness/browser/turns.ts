/**
 * Messages to oneself: how code in a browser learns that no promise is left to go on. No timer is as fast.
 */

/** What is used of a browser's ports, which differ from Node's. https://html.spec.whatwg.org/multipage/web-messaging.html#message-channels */
interface PagePort {
  onmessage: (() => void) | null;
  postMessage(message: null): void;
}

/** A function whose promise resolves when a message to oneself has come back. Messages come back in their order. */
export function messagesToSelf(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel() as unknown as Readonly<Record<'port1' | 'port2', PagePort>>;
  const waiting: (() => void)[] = [];
  port2.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port1.postMessage(null);
    });
}

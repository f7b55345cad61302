/**
 * Messages to oneself, by which code in a browser learns that every promise waits. No timer is as fast.
 */

/**
 * The part of a browser's ports that is used; they differ from Node's.
 * https://html.spec.whatwg.org/multipage/web-messaging.html#message-channels
 */
interface PagePort {
  onmessage: (() => void) | null;
  postMessage(message: null): void;
}

/** Returns a function whose promise resolves when a message to oneself arrives. Messages arrive in order. */
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

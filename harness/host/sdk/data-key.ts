/**
 * Sets a key that comes from data: even `__proto__` is only a name there, never a prototype.
 */

export function setKey(data: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(data, key, { value, configurable: true, enumerable: true, writable: true });
  } else {
    data[key] = value;
  }
}

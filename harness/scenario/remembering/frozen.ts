/**
 * Freezes data that several runs share, so that none of them can change it for the others.
 *
 * Only plain objects and lists are frozen.
 */

/** Freezes the data and returns it. */
export function frozen<Data>(data: Data): Data {
  if (typeof data !== 'object' || data === null || Object.isFrozen(data)) return data;
  const kind: unknown = Object.getPrototypeOf(data);
  if (kind !== Object.prototype && kind !== null && !Array.isArray(data)) return data;
  Object.freeze(data);
  for (const member of Object.values(data)) frozen(member);
  return data;
}

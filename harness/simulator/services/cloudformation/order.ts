/**
 * The order in which resources are created: each after those that it needs, otherwise in template order.
 *
 * Resources that need each other in a circle are reported, as CloudFormation does.
 */

/**
 * `needs` lists for each name the names that come before it. `circles` holds each circle once, beginning with its first name.
 */
export function creationOrder(needs: ReadonlyMap<string, ReadonlySet<string>>): {
  readonly order: readonly string[];
  readonly circles: readonly (readonly string[])[];
} {
  const order: string[] = [];
  const waiting = new Map([...needs].map(([name, set]) => [name, new Set([...set].filter((need) => needs.has(need)))]));
  for (;;) {
    const next = [...waiting].find(([, missing]) => missing.size === 0)?.[0];
    if (next === undefined) break;
    order.push(next);
    waiting.delete(next);
    for (const missing of waiting.values()) missing.delete(next);
  }
  return { order, circles: circlesAmong(waiting) };
}

/** Every remaining name waits for another remaining one, so the chain of first needs must return to a name on it. */
function circlesAmong(waiting: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const circles: string[][] = [];
  const seen = new Set<string>();
  for (const start of waiting.keys()) {
    const path: string[] = [];
    let name: string | undefined = start;
    while (name !== undefined && !seen.has(name)) {
      seen.add(name);
      path.push(name);
      name = [...(waiting.get(name) ?? [])][0];
    }
    if (name !== undefined && path.includes(name)) circles.push(path.slice(path.indexOf(name)));
  }
  return circles;
}

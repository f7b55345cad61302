/**
 * The order in which resources are made: each after what it needs, otherwise as the template has them.
 *
 * Resources that need one another in a circle are named, as CloudFormation does.
 */

/** `needs` says for each name which others come first. `circles` holds each circle once, beginning with its first name. */
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

/** Everything left waits for something left: following the first need must come back to a name already seen. */
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

/**
 * Splits the text of Fn::Sub into parts: `${Name}`, `${Name.Attribute}`, and `${!Literal}`, which stays `${Literal}`.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
 */

export type SubPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'name'; readonly name: string };

/** The parts in order. A `${` that is never closed is text. */
export function subParts(template: string): SubPart[] {
  const parts: SubPart[] = [];
  let end = 0;
  for (const match of template.matchAll(/\$\{([^{}$]*)\}/g)) {
    if (match.index > end) parts.push({ kind: 'text', text: template.slice(end, match.index) });
    const inside = match[1] ?? '';
    if (inside.startsWith('!')) parts.push({ kind: 'text', text: `\${${inside.slice(1)}}` });
    else parts.push({ kind: 'name', name: inside.trim() });
    end = match.index + match[0].length;
  }
  if (end < template.length) parts.push({ kind: 'text', text: template.slice(end) });
  return parts;
}

/** `Bump.Arn` is the attribute Arn of Bump; a name without a dot has no attribute. */
export function subReference(name: string): { readonly name: string; readonly attribute: string | null } {
  const dot = name.indexOf('.');
  return dot < 0 ? { name, attribute: null } : { name: name.slice(0, dot), attribute: name.slice(dot + 1) };
}

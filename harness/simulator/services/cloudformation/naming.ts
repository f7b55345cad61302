/**
 * Which name a resource has: the one that its template gives it, the one that it has had so far, or a new one.
 */

import { changedProperties, type Properties, type ResourceType } from '../../contract/resource-type.ts';
import { physicalName } from './physical-name.ts';

/** A resource as it stands while its stack is updated. */
export interface NamedResource {
  readonly type: string;
  readonly name: string;
  readonly properties: Properties;
}

/** What names depend on beside the template. */
export interface Names {
  /** The stack's resources so far, by their logical ids. */
  readonly standing: ReadonlyMap<string, NamedResource>;
  /** How often CloudFormation has made a resource of this logical id: each gets another name. */
  readonly made: ReadonlyMap<string, number>;
}

/** The names of a stack that is new. */
export const NEW_NAMES: Names = { standing: new Map(), made: new Map() };

/** The name of a resource. `stackName` and `logicalId` are in it unless the template gives one. */
export function nameOfResource(
  {
    type,
    logicalId,
    stackName,
  }: { readonly type: ResourceType; readonly logicalId: string; readonly stackName: string },
  properties: Properties,
  { standing, made }: Names,
): string {
  const { property, maxLength, suffix: suffixOf } = type.naming;
  const own = property === null ? undefined : properties[property];
  if (typeof own === 'string') return own;
  const before = standing.get(logicalId);
  if (before !== undefined && before.type === type.name && !needsReplacement(type, before.properties, properties))
    return before.name;
  const suffix = suffixOf?.(properties) ?? '';
  return physicalName(stackName, logicalId, maxLength - suffix.length, made.get(logicalId) ?? 0) + suffix;
}

/** CF-04: whether a change of these properties makes a new resource. */
export function needsReplacement({ naming, life }: ResourceType, before: Properties, after: Properties): boolean {
  const changed = changedProperties(before, after);
  const replacing = naming.property === null ? life.replacedBy : [naming.property, ...life.replacedBy];
  return replacing.some((property) => changed.includes(property)) || (life.isReplaced?.(before, after) ?? false);
}

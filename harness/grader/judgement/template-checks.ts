/**
 * Checks on the template itself: whether its values follow its parameters.
 *
 * The template is read once as it is, and once for each checked value with another parameter. A property that stays the same is
 * a literal, however it is written. Nothing is deployed and nothing runs.
 */

import type { FollowedValue, Lab, TemplateCheck } from '../../course/lab.ts';
import { downstreamParameters } from '../../scenario/deploy.ts';
import type {
  ResolvedResource,
  TemplateFinding,
  TemplateReading,
} from '../../simulator/services/cloudformation/cloudformation.ts';
import { readStackTemplate } from '../../simulator/world/deploy.ts';
import type { CheckResult } from '../result.ts';

/** A place in the template. */
type Place = { readonly line: number; readonly column: number };

/** Judges every template check of a lab. */
export function judgeTemplate(lab: Lab, template: string, fileName: string): readonly CheckResult[] {
  return (lab.templateChecks ?? []).map((check) => judgeOne(lab, check, { template, fileName }));
}

/**
 * What is wrong with the checked value that stands in this line of the template; null if none does, or if it follows its parameter. A check tells of its
 * first wrong value only; this looks at all of them.
 */
export function wrongValueAt(lab: Lab, template: string, fileName: string, line: number): string | null {
  const file = { template, fileName };
  const asItIs = readWith(lab, file, {});
  if (!asItIs.ok) return null;
  const resources = resourcesOf(asItIs);
  for (const followed of (lab.templateChecks ?? []).flatMap(({ follows }) => follows)) {
    const wrong = wrongWith(lab, file, resources, followed);
    if (wrong?.at.frame?.line === line) return wrong.message;
  }
  return null;
}

interface TemplateFile {
  readonly template: string;
  readonly fileName: string;
}

function judgeOne(lab: Lab, check: TemplateCheck, file: TemplateFile): CheckResult {
  const { id, task, title, points, hintId } = check;
  const about = { id, task, title, kind: 'template', maxPoints: points } as const;
  const asItIs = readWith(lab, file, {});
  for (const followed of check.follows) {
    const wrong = asItIs.ok ? wrongWith(lab, file, resourcesOf(asItIs), followed) : unreadable(asItIs.findings, file);
    if (wrong !== null) return { ...about, status: 'fail', points: 0, message: wrong.message, hintId, ...wrong.at };
  }
  return { ...about, status: 'pass', points };
}

interface Wrong {
  readonly message: string;
  readonly at: Pick<CheckResult, 'frame'>;
}

/** Every scenario passes its own parameters, so only this notices a default that can't be deployed. */
function unreadable([first]: readonly TemplateFinding[], file: TemplateFile): Wrong {
  const said = 'With the defaults of its parameters the template cannot be deployed.';
  if (first === undefined) return { message: said, at: {} };
  return { message: `${said} ${first.message}`, at: placeIn(file, first) };
}

function wrongWith(lab: Lab, file: TemplateFile, asItIs: Resources, followed: FollowedValue): Wrong | null {
  const { parameter, probe } = followed;
  const reading = readWith(lab, file, { [parameter]: probe });
  const probed = reading.ok ? resourcesOf(reading) : null;
  const follows = (logicalId: string, property: string): boolean => {
    const resource = probed?.get(logicalId);
    return resource !== undefined && String(valueAt(resource, property)) === probe;
  };
  const wrongAt = (resource: ResolvedResource, property: string): Wrong =>
    isOtherwise(file, resource, property, { parameter, probe, probed: probed?.get(resource.logicalId) });
  if (!('somewhere' in followed)) {
    const { logicalId, property, mayBeAbsent } = followed;
    const resource = asItIs.get(logicalId);
    if (resource === undefined)
      return { message: `The template has no resource ${logicalId} any more. Give it its name back.`, at: {} };
    if (mayBeAbsent === true && valueAt(resource, property) === undefined) return null;
    return follows(logicalId, property) ? null : wrongAt(resource, property);
  }
  const places = [...asItIs.values()].flatMap((resource) =>
    followed.somewhere.map((property) => ({ resource, property })),
  );
  if (places.some(({ resource, property }) => follows(resource.logicalId, property))) return null;
  const literal = places.find(
    ({ resource, property }) => valueAt(resource, property) !== undefined && !isOfAnother(lab, resource, property),
  );
  if (literal !== undefined) return wrongAt(literal.resource, literal.property);
  const which = followed.somewhere.join(' or ');
  return { message: `No resource has ${which}, so nothing follows ${parameter}. ${written(parameter)}`, at: {} };
}

/** Whether a check asks that the property follow a parameter of its own. Then it is not to blame that it doesn't follow this one. */
function isOfAnother({ templateChecks = [] }: Lab, { logicalId }: ResolvedResource, property: string): boolean {
  return templateChecks.some(({ follows }) =>
    follows.some((it) => 'logicalId' in it && it.logicalId === logicalId && it.property === property),
  );
}

/** A parameter, another value of it, and the resource with that value. */
interface Probe {
  readonly parameter: string;
  readonly probe: string;
  readonly probed: ResolvedResource | undefined;
}

/** What is wrong with a value that does not follow its parameter: it is missing, a literal, or another one than the parameter's. */
function isOtherwise(file: TemplateFile, resource: ResolvedResource, property: string, given: Probe): Wrong {
  const { parameter, probe, probed } = given;
  const [top = property] = property.split('.');
  const { logicalId } = resource;
  const value = JSON.stringify(valueAt(resource, property));
  const then = probed === undefined ? value : JSON.stringify(valueAt(probed, property));
  const said = () => {
    if (value === undefined) return `${logicalId} has no ${property}.`;
    if (value === then) return `${property} of ${logicalId} is ${value} whatever ${parameter} says.`;
    return `Where ${parameter} is ${probe}, ${property} of ${logicalId} is ${then ?? 'missing'}.`;
  };
  return { message: `${said()} ${written(parameter)}`, at: placeIn(file, resource.placeOf(top)) };
}

function written(parameter: string): string {
  return `The lab is run in two sizes, so write !Ref ${parameter}.`;
}

function placeIn({ template, fileName }: TemplateFile, { line, column }: Place): Wrong['at'] {
  const text = template.split('\n')[line - 1]?.trim() ?? '';
  return { frame: { file: fileName, line, column, text } };
}

type Resources = ReadonlyMap<string, ResolvedResource>;

function resourcesOf({ template }: TemplateReading & { readonly ok: true }): Resources {
  return new Map(template.resources.map((it) => [it.logicalId, it]));
}

/** Reads the template with these parameters. */
function readWith(lab: Lab, file: TemplateFile, parameters: Readonly<Record<string, string>>): TemplateReading {
  return readStackTemplate({
    ...file,
    stackName: lab.slug,
    parameters: { ...downstreamParameters(lab.downstreams ?? []), ...parameters },
  });
}

function valueAt({ properties }: ResolvedResource, path: string): unknown {
  let value: unknown = properties;
  for (const member of path.split('.')) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, member) : undefined;
  }
  return value;
}

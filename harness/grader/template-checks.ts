/**
 * Checks on the template itself: do its values follow its parameters?
 *
 * The template is read once as it is, and once for each value with another parameter. A property that stays as it was is a
 * literal, however it came to be. Nothing is deployed and nothing runs.
 */

import type { Lab, TemplateCheck } from '../course/lab.ts';
import { type ResolvedResource, readTemplate } from '../simulator/services/cloudformation/cloudformation.ts';
import { ACCOUNT_ID, REGION } from '../simulator/world/account.ts';
import { functionNameOf } from '../simulator/world/downstream.ts';
import type { CheckResult } from './result.ts';

type Followed = TemplateCheck['follows'][number];

/** Judges every template check of a lab. */
export function judgeTemplate(lab: Lab, template: string, fileName: string): readonly CheckResult[] {
  return (lab.templateChecks ?? []).map((check) => judgeOne(lab, check, { template, fileName }));
}

interface TemplateFile {
  readonly template: string;
  readonly fileName: string;
}

function judgeOne(lab: Lab, check: TemplateCheck, file: TemplateFile): CheckResult {
  const { id, task, title, points, hintId } = check;
  const about = { id, task, title, kind: 'template', maxPoints: points } as const;
  const asItIs = resourcesOf(lab, file, {});
  for (const followed of check.follows) {
    const wrong = wrongWith(lab, file, asItIs, followed);
    if (wrong !== null) return { ...about, status: 'fail', points: 0, message: wrong.message, hintId, ...wrong.at };
  }
  return { ...about, status: 'pass', points };
}

interface Wrong {
  readonly message: string;
  readonly at: Pick<CheckResult, 'frame'>;
}

function wrongWith(lab: Lab, file: TemplateFile, asItIs: Resources, followed: Followed): Wrong | null {
  const { logicalId, property, parameter, probe } = followed;
  const resource = asItIs?.get(logicalId);
  if (resource === undefined) {
    return { message: `The template has no resource ${logicalId} any more. Give it its name back.`, at: {} };
  }
  const probed = resourcesOf(lab, file, { [parameter]: probe })?.get(logicalId);
  if (probed !== undefined && String(valueAt(probed, property)) === probe) return null;
  const [top = property] = property.split('.');
  const { line, column } = resource.placeOf(top);
  const text = file.template.split('\n')[line - 1]?.trim() ?? '';
  const said = `${property} of ${logicalId} is ${JSON.stringify(valueAt(resource, property))} whatever ${parameter} says.`;
  const message = `${said} The lab is run in two sizes, so write !Ref ${parameter}.`;
  return { message, at: { frame: { file: file.fileName, line, column, text } } };
}

type Resources = ReadonlyMap<string, ResolvedResource> | undefined;

/** The template's resources under these parameters; none if it can't be read like that. */
function resourcesOf(lab: Lab, file: TemplateFile, parameters: Readonly<Record<string, string>>): Resources {
  const names = (lab.downstreams ?? []).map((it) => [it.functionNameParameter, functionNameOf(it)]);
  const reading = readTemplate({
    ...file,
    stackName: lab.slug,
    parameters: { ...Object.fromEntries(names), ...parameters },
    region: REGION,
    accountId: ACCOUNT_ID,
  });
  return reading.ok ? new Map(reading.template.resources.map((it) => [it.logicalId, it])) : undefined;
}

function valueAt({ properties }: ResolvedResource, path: string): unknown {
  let value: unknown = properties;
  for (const member of path.split('.')) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, member) : undefined;
  }
  return value;
}

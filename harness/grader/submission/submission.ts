/**
 * A submission made ready to run: its hash, its deployed stacks, its bundles; or the findings that keep it from running.
 */

import { createHash } from 'node:crypto';
import type { Lab } from '../../course/lab.ts';
import { type Bundle, bundleHandler } from '../../host/bundle.ts';
import { makeLocate } from '../../host/frames.ts';
import type { RealmSources } from '../../host/realm/compile.ts';
import { LAB_PACKAGES, realmSources } from '../../host/realm/scripts.ts';
import type { SdkMode } from '../../host/sdk/realm-port.ts';
import { type DeployedStack, deployStack, TEMPLATE } from '../../scenario/deploy.ts';
import type { DeployedLab } from '../../scenario/run-scenario.ts';
import { invariant } from '../../simulator/kernel/bug.ts';
import type { Deployment } from '../../simulator/services/cloudformation/cloudformation.ts';
import type { Finding } from '../findings/finding.ts';

/** What took work and is plain data: enough to make the submission again in another thread. */
export interface SubmissionData {
  readonly sha256: string;
  readonly sources: RealmSources;
  /** The handlers that the template names. */
  readonly bundles: readonly Bundle[];
  /** Source lines for excerpts. */
  readonly files: ReadonlyMap<string, string>;
}

export interface Submission extends SubmissionData, DeployedLab {}

type Stacks = DeployedLab['stacks'];

export type PreparedSubmission =
  | { readonly ok: true; readonly submission: Submission }
  | { readonly ok: false; readonly findings: readonly Finding[]; readonly sha256: string };

/** Deploys each scenario's stack and bundles the handlers that the template names. */
export async function prepare(
  lab: Lab,
  files: ReadonlyMap<string, string>,
  sdkMode: SdkMode = 'direct',
): Promise<PreparedSubmission> {
  const sha256 = hashOf(lab, files);
  const stacks = deployAll(lab, files);
  if ('findings' in stacks) return { ok: false, findings: stacks.findings, sha256 };
  const bundles: Bundle[] = [];
  for (const target of functionsOf(stacks)) {
    const module = target.handler.slice(0, target.handler.lastIndexOf('.'));
    const bundled = await bundleHandler({ files, codeFolder: target.codeFolder, module, packages: LAB_PACKAGES });
    if (!bundled.ok) return { ok: false, findings: bundled.findings, sha256 };
    bundles.push(bundled.bundle);
  }
  const data = { sha256, sources: await realmSources(bundles, sdkMode), bundles, files };
  return { ok: true, submission: submissionWith(lab, data, stacks) };
}

/** What of a submission can be sent to another thread. */
export function dataOf({ sha256, sources, bundles, files }: Submission): SubmissionData {
  return { sha256, sources, bundles, files };
}

/** The submission that was made ready elsewhere, for this lab. Deploys again; nothing is bundled. */
export function submissionOf(lab: Lab, data: SubmissionData): Submission {
  const stacks = deployAll(lab, data.files);
  invariant(!('findings' in stacks), 'a template that was deployed before can’t be deployed again');
  return submissionWith(lab, data, stacks);
}

function submissionWith(lab: Lab, data: SubmissionData, stacks: Stacks): Submission {
  return { ...data, locate: makeLocate(data.bundles), stacks, downstreams: lab.downstreams ?? [] };
}

function deployAll(lab: Lab, files: ReadonlyMap<string, string>): Stacks | { readonly findings: readonly Finding[] } {
  const stacks = new Map<string, DeployedStack>();
  const { slug, downstreams = [] } = lab;
  const template = files.get(TEMPLATE) ?? '';
  for (const scenario of lab.scenarios) {
    const deployed = deployStack({ slug, template, downstreams, scenario });
    if (!deployed.ok) {
      const findings = deployed.findings.map(({ message, file, line, column }) => ({
        message,
        frame: { file, line, column, text: lineOf(files, file, line) },
      }));
      return { findings };
    }
    stacks.set(scenario.name, deployed);
  }
  return stacks;
}

/** Every module once, in the template's order. */
function functionsOf(stacks: Submission['stacks']): readonly Deployment['functions'][number][] {
  const byHandler = new Map<string, Deployment['functions'][number]>();
  for (const { deployment } of stacks.values()) {
    for (const target of deployment.functions)
      byHandler.set(`${target.codeFolder}\0${target.handler.slice(0, target.handler.lastIndexOf('.'))}`, target);
  }
  return [...byHandler.values()];
}

/** The hash of exactly the editable files, in the lab's order. Line ends don't count: a checkout may change them. */
export function hashOf(lab: Lab, files: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const path of lab.editable) hash.update(`${path}\0${(files.get(path) ?? '').replaceAll('\r\n', '\n')}\0`);
  return hash.digest('hex');
}

/** One line of a submitted file, for an excerpt. */
export function lineOf(files: ReadonlyMap<string, string>, file: string, line: number): string {
  return files.get(file)?.split('\n')[line - 1]?.trim() ?? '';
}
